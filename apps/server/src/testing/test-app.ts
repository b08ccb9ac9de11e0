import { randomBytes } from "node:crypto";
import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import { invitations } from "@headcount/contract/members/routes";
import { account, auth, join } from "@headcount/contract/users/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { makeClient } from "@headcount/client/make-client";
import { createTestDatabase } from "@headcount/testkit/postgres/test-database";
import { type App, createApp } from "../app.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { createLog } from "../platform/log.ts";
import { migrate, readMigrations } from "../platform/migrate.ts";
import { createSecrets } from "../platform/secrets.ts";
import { mintOwnerLink } from "../users/owner-link.ts";

/** A signed-in caller. `call` goes through the whole HTTP layer. */
export type TestPerson = {
  readonly userId: UserId;
  readonly name: string;
  readonly token: string;
  call<R extends Route>(route: R, input: InputOf<R>): Promise<OutputOf<R>>;
};

export type TestApp = {
  readonly app: App;
  readonly databaseUrl: string;
  readonly workspaceId: WorkspaceId;
  /** Slug of the workspace that everybody shares. */
  readonly workspace: "acme";
  /** Owner. */
  readonly alice: TestPerson;
  /** Member. */
  readonly bob: TestPerson;
  /** Calls with any bearer token (task and daemon tokens), or without one. */
  callAs<R extends Route>(token: string | null, route: R, input: InputOf<R>): Promise<OutputOf<R>>;
  /** Invites somebody into the workspace and returns them signed in. */
  addPerson(name: string, role?: "admin" | "member"): Promise<TestPerson>;
  /** Moves the clock of everything that the server writes. */
  advance(ms: number): void;
  now(): Date;
  /** Another server on the same database, with nothing else in common with this one. */
  startReplica(): Pick<TestApp, "callAs"> & AsyncDisposable;
  [Symbol.asyncDispose](): Promise<void>;
};

export type TestAppOptions = {
  readonly maxConnections?: number;
  /** What the server's clock shows at first; the real time unless stated. */
  readonly startsAt?: Date;
  /** Three hours unless stated. */
  readonly reconnectGraceMs?: number;
  readonly metrics?: Metrics;
  /** Hosts that skills may be imported from although they are not public. */
  readonly importHosts?: readonly string[];
  /** Puts something between the server and its database; returns the address to use instead. */
  readonly reachDatabaseAt?: (databaseUrl: string) => Promise<string>;
};

const origin = "http://headcount.test";

/** A real server on a database of its own, with alice, bob and the workspace acme. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const migrations = await readMigrations();
  const database = await createTestDatabase({
    template: {
      key: migrations.map((migration) => migration.checksum).join(),
      prepare: async (url) => {
        await migrate(url, migrations);
      },
    },
  });
  let skewMs = options.startsAt === undefined ? 0 : options.startsAt.getTime() - Date.now();
  const now = (): Date => new Date(Date.now() + skewMs);
  const databaseUrl = (await options.reachDatabaseAt?.(database.url)) ?? database.url;
  const secrets = createSecrets(randomBytes(32));
  const start = (): App =>
    createApp({
      config: {
        publicUrl: origin,
        allowedOrigins: [],
        databaseMaxConnections: options.maxConnections ?? 8,
        databaseListenUrl: null,
        signUp: "invite_only",
        reconnectGraceMs: options.reconnectGraceMs ?? 3 * 60 * 60_000,
        importHosts: options.importHosts ?? [],
      },
      databaseUrl,
      secrets,
      log: createLog({ level: process.env["HEADCOUNT_TEST_LOG"] ?? "silent" }),
      ...(options.metrics ? { metrics: options.metrics } : {}),
      now,
    });
  const app = start();
  const callerOf =
    ({ api }: App): TestApp["callAs"] =>
    (token, route, input) =>
      makeClient({
        baseUrl: origin,
        fetch: async (url, init) => api.fetch(new Request(url, init)),
        clientName: "test",
        ...(token === null ? {} : { token }),
      }).call(route, input);
  const callAs = callerOf(app);

  const alice = await becomeOwner(app, callAs);
  const workspace = await alice.call(workspaces.create, { name: "Acme", slug: "acme" });
  const addPerson: TestApp["addPerson"] = async (name, role = "member") => {
    const email = `${name.toLowerCase()}@example.test`;
    const { url } = await alice.call(invitations.create, { workspace: "acme", email, role });
    const code = url.slice(url.lastIndexOf("/") + 1);
    return signIn(app, callAs, name, { route: join.accept, input: { code, name } });
  };
  return {
    app,
    databaseUrl: database.url,
    workspaceId: workspace.id,
    workspace: "acme",
    alice,
    bob: await addPerson("Bob"),
    callAs,
    addPerson,
    advance: (ms) => {
      skewMs += ms;
    },
    now,
    startReplica() {
      const replica = start();
      return { callAs: callerOf(replica), [Symbol.asyncDispose]: () => replica.close() };
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function becomeOwner(app: App, callAs: TestApp["callAs"]): Promise<TestPerson> {
  const link = await mintOwnerLink(app);
  const secret = link?.split("#")[1];
  if (!secret) throw new Error("The fresh database has an owner already");
  return signIn(app, callAs, "Alice", {
    route: auth.setup,
    input: { secret, name: "Alice", email: "alice@example.test" },
  });
}

/** Signs in through a public route, then continues with a personal token as scripts do. */
async function signIn(
  app: App,
  callAs: TestApp["callAs"],
  name: string,
  entry: { route: Route; input: Record<string, string> },
): Promise<TestPerson> {
  const reply = await app.api.fetch(
    new Request(`${origin}${entry.route.path.replace(":code", entry.input["code"] ?? "")}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(
        Object.fromEntries(Object.entries(entry.input).filter(([key]) => key !== "code")),
      ),
    }),
  );
  const body = (await reply.json()) as { user: { id: UserId }; csrfToken: string };
  if (!reply.ok) throw new Error(`Could not sign ${name} in: ${JSON.stringify(body)}`);
  const cookie = reply.headers.get("set-cookie")?.split(";")[0] ?? "";
  const minted = await app.api.fetch(
    new Request(`${origin}${account.createToken.path}`, {
      method: "POST",
      headers: { cookie, "x-csrf-token": body.csrfToken, "content-type": "application/json" },
      body: JSON.stringify({ name: "test" }),
    }),
  );
  const { value: token } = (await minted.json()) as { value: string };
  return { userId: body.user.id, name, token, call: (route, input) => callAs(token, route, input) };
}
