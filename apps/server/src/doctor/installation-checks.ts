import { statfs } from "node:fs/promises";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { jobs } from "../jobs.ts";
import { readVerification } from "../usage/verify/read-verification.ts";
import { broken, type Check, fine } from "./checks.ts";
import { rememberKeyFingerprint } from "./store.ts";

const leastFreeBytes = 1024 ** 3;
const gib = 1024 ** 3;

const space: Check = {
  name: "data directory",
  fix: "Check that the data directory exists and that the server may read it.",
  run: async ({ services }) => {
    const { dataDirectory } = services.instance;
    if (dataDirectory === null) return fine("nothing is kept in files");
    const { bavail, bsize } = await statfs(dataDirectory);
    const free = bavail * bsize;
    const detail = `${(free / gib).toFixed(1)} GiB free in ${dataDirectory}`;
    return free >= leastFreeBytes ? fine(detail) : broken(detail, "Free at least 1 GiB there.");
  },
};

const key: Check = {
  name: "instance key",
  fix: "Give the server back the key that this database was made with.",
  run: async ({ sql, services }) => {
    const { fingerprint } = services.secrets;
    const known = await rememberKeyFingerprint(sql, fingerprint);
    return known === fingerprint
      ? fine(`${fingerprint}; keep a copy of it outside of this machine`)
      : broken(`${fingerprint}, but the database was used with ${known}`, key.fix);
  },
};

type LatestRun = { job: string; plannedAt: Date; error: string | null };

const jobsOnTime: Check = {
  name: "jobs",
  fix: "Start one server with the role jobs.",
  run: async ({ sql, now }) => {
    const rows = await sql<LatestRun[]>`
      select distinct on (job) job, planned_at, error from job_runs
      where scope = 'all' order by job, planned_at desc`;
    const latest = new Map(rows.map((row) => [row.job, row]));
    const failed = rows.find((row) => row.error !== null);
    if (failed) {
      return broken(`${failed.job} failed: ${failed.error}`, "Read the server's log of that time.");
    }
    const late = jobs.filter((job) => {
      const run = latest.get(job.name);
      const allowedMs = (2 * job.everySeconds + 60) * 1_000;
      // A server that has just been started catches up within one period.
      const isSettled = process.uptime() * 1_000 > allowedMs;
      return isSettled && (!run || now.getTime() - run.plannedAt.getTime() > allowedMs);
    });
    if (late.length === 0) return fine(`${latest.size} of ${jobs.length} have run, none is late`);
    return broken(`late: ${late.map((job) => job.name).join(", ")}`, jobsOnTime.fix);
  },
};

const books: Check = {
  name: "usage books",
  fix: "Run `headcount usage verify`, then `headcount usage rebuild`.",
  run: async (ctx) => {
    const slugs = await ctx.sql<{ workspaceId: WorkspaceId; slug: string }[]>`
      select workspace_id, slug from workspace_slugs where deleted_at is null order by slug`;
    const actor = { kind: "system", job: "doctor" } as const;
    const differing: string[] = [];
    let verified = 0;
    for (const { workspaceId, slug } of slugs) {
      const kept = await ctx.inWorkspace(workspaceId, actor, readVerification);
      if (kept) verified += 1;
      if (kept && kept.differences > 0) {
        differing.push(
          `${slug}: ${kept.differences} sums of ${kept.fromDay} differ from the ledger`,
        );
      }
    }
    if (differing.length > 0) return broken(differing.join("; "), books.fix);
    return fine(`${verified} of ${slugs.length} workspaces looked at, all equal their ledgers`);
  },
};

const owner: Check = {
  name: "owner",
  fix: "Open the owner link that the server prints when it starts.",
  run: async ({ sql }) => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from users where is_instance_admin and disabled_at is null`;
    const count = row?.count ?? 0;
    return count > 0 ? fine(`${count} administrators`) : broken("nobody", owner.fix);
  },
};

export const installationChecks: readonly Check[] = [space, key, jobsOnTime, books, owner];
