import { newId } from "@headcount/contract/kit/ids";
import postgres from "postgres";
import { readMigrations } from "../platform/migrate.ts";
import { broken, type Check, fine } from "./checks.ts";
import { noteDoctorVisit } from "./store.ts";

/** Oldest major version of PostgreSQL that the migrations are written for. */
const oldestVersion = 15;
/** Times of usage and leases are taken from both clocks; a lease lives for minutes. */
const mostClockDifferenceMs = 5_000;
const notifyWithinMs = 5_000;

const lookAtDatabase = "Start the database, or correct DATABASE_URL, then restart the server.";

const reachable: Check = {
  name: "database reachable",
  fix: lookAtDatabase,
  run: async ({ sql }) => {
    const startedAt = performance.now();
    await sql`select 1`;
    return fine(`answers in ${Math.round(performance.now() - startedAt)} ms`);
  },
};

const version: Check = {
  name: "database version",
  fix: lookAtDatabase,
  run: async ({ sql }) => {
    const [row] = await sql<{ number: number; text: string }[]>`
      select current_setting('server_version_num')::int as number,
        current_setting('server_version') as text`;
    const major = Math.floor((row?.number ?? 0) / 10_000);
    const detail = `PostgreSQL ${row?.text ?? "unknown"}`;
    return major >= oldestVersion
      ? fine(detail)
      : broken(detail, `Upgrade to PostgreSQL ${oldestVersion} or newer.`);
  },
};

const writable: Check = {
  name: "database writable",
  fix: "Point DATABASE_URL at the primary server and free disk space on it.",
  run: async (ctx) => {
    await noteDoctorVisit(ctx.sql, ctx.now);
    return fine("a write was committed");
  },
};

const clock: Check = {
  name: "clock",
  fix: lookAtDatabase,
  run: async ({ sql, services }) => {
    const before = services.now().getTime();
    const [row] = await sql<{ at: Date }[]>`select clock_timestamp() as at`;
    const after = services.now().getTime();
    const differenceMs = Math.round((row?.at.getTime() ?? 0) - (before + after) / 2);
    const detail = `server and database differ by ${Math.abs(differenceMs)} ms`;
    return Math.abs(differenceMs) <= mostClockDifferenceMs
      ? fine(detail)
      : broken(detail, "Let both machines keep time with NTP.");
  },
};

const migrations: Check = {
  name: "migrations",
  fix: "Restart the server; it migrates at start and says what is wrong.",
  run: async ({ sql }) => {
    const files = await readMigrations();
    const applied = await sql<{ name: string }[]>`select name from schema_migrations`;
    const done = new Set(applied.map((row) => row.name));
    const missing = files.filter((file) => !done.has(file.name)).map((file) => file.name);
    if (missing.length > 0) {
      return broken(
        `not applied: ${missing.join(", ")}`,
        "Restart the server; it migrates at start.",
      );
    }
    return fine(`${applied.length} applied`);
  },
};

const notifications: Check = {
  name: "notifications",
  fix: "Let HEADCOUNT_DATABASE_LISTEN_URL point at the database itself, past any connection pooler.",
  run: async ({ sql, services }) => {
    const listening = postgres(services.instance.listenUrl, {
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: "headcount-doctor" },
    });
    const channel = "headcount_doctor";
    const token = newId<string>();
    const { promise: heard, resolve } = Promise.withResolvers<"heard">();
    const timeout = AbortSignal.timeout(notifyWithinMs);
    const silence = new Promise<"silent">((give) => {
      timeout.addEventListener("abort", () => give("silent"));
    });
    try {
      await listening.listen(channel, (payload) => {
        if (payload === token) resolve("heard");
      });
      const startedAt = performance.now();
      await sql`select pg_notify(${channel}, ${token})`;
      if ((await Promise.race([heard, silence])) === "silent") {
        return broken(`nothing arrived within ${notifyWithinMs} ms`, notifications.fix);
      }
      return fine(`delivered in ${Math.round(performance.now() - startedAt)} ms`);
    } finally {
      await listening.end({ timeout: 1 });
    }
  },
};

export const databaseChecks: readonly Check[] = [
  reachable,
  version,
  writable,
  clock,
  migrations,
  notifications,
];
