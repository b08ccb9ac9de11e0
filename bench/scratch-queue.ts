import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readFileSync } from "node:fs";
import { processTree } from "./lib/process-memory.ts";
import postgres from "postgres";
import { makeClient, type ApiClient } from "@headcount/client/make-client";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { issues } from "@headcount/contract/issues/routes";
import {
  type DaemonId,
  newId,
  type RuntimeId,
  type WorkspaceId,
} from "@headcount/contract/kit/ids";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { startEmbeddedPostgres } from "@headcount/embedded-postgres/start-embedded-postgres";
import { type Product, startProduct, workspace } from "../tests/support/start-product.ts";
import { atLeast, type Figure, printFigures, progress } from "./lib/figures.ts";

const daemonCount = 50;
const slotsEach = 4;
const tasksPerAgent = 8;

type Machine = { readonly client: ApiClient; readonly runtimeId: RuntimeId };

async function enrolMachine(
  product: Product,
  workspaceId: WorkspaceId,
  index: number,
): Promise<Machine> {
  const identity = {
    daemonId: newId<DaemonId>(),
    deviceName: `bench ${index}`,
    version: "0.1.0",
    platform: "linux-x64",
    capabilities: [],
  };
  const { token } = await product.call(daemon.enrol, identity);
  const client = makeClient({ baseUrl: product.url, token, clientName: "bench" });
  const reply = await client.call(daemon.register, {
    workspaceId,
    identity,
    slots: { total: slotsEach, free: slotsEach },
    runtimes: [
      {
        cli: "claude",
        cliTitle: "Claude Code",
        version: "2.1.330",
        verified: true,
        coverage: { level: "exact", reason: "" },
      },
    ],
  });
  const runtimeId = reply.runtimes[0]?.id;
  if (!runtimeId) throw new Error("No runtime was registered");
  await client.call(daemon.heartbeat, {
    runtimeIds: [runtimeId],
    leases: [],
    slots: { total: slotsEach, free: slotsEach },
    outbox: { depth: 0, oldestAgeMs: 0 },
  });
  return { client, runtimeId };
}

async function fillQueue(product: Product, machine: Machine, index: number): Promise<void> {
  const agent = await product.call(agents.create, {
    workspace,
    name: `Bench ${index}`,
    runtimeId: machine.runtimeId,
    limits: { maxConcurrentTasks: 50 },
  });
  for (let task = 0; task < tasksPerAgent; task += 1) {
    await product.call(issues.create, {
      workspace,
      title: `Issue ${index}.${task}`,
      assignee: { type: "agent", id: agent.id },
    });
  }
}

/** All machines claim at once, each until it gets nothing more. */
async function claimAll(
  machines: readonly Machine[],
): Promise<{ claims: number; doubles: number; ms: number }> {
  const seen = new Map<string, number>();
  const startedAt = performance.now();
  await Promise.all(
    machines.map(async ({ client, runtimeId }) => {
      for (;;) {
        const { tasks } = await client.call(daemon.claim, {
          claimId: randomUUID(),
          runtimeIds: [runtimeId],
          max: slotsEach,
        });
        for (const task of tasks) seen.set(task.taskId, (seen.get(task.taskId) ?? 0) + 1);
        if (tasks.length === 0) return;
      }
    }),
  );
  const ms = performance.now() - startedAt;
  return { claims: seen.size, doubles: [...seen.values()].filter((times) => times > 1).length, ms };
}

/** One claim per statement under a lock on the whole queue: safe, and what one writes first. */
async function naiveClaims(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "hc-naive-"));
  await using database = await startEmbeddedPostgres({ dataDirectory: folder });
  const sql = postgres(database.url, { max: daemonCount, onnotice: () => {} });
  const total = daemonCount * tasksPerAgent;
  await sql`create table queue (id int primary key, machine int not null, state text not null, payload text)`;
  await sql`insert into queue select n, n % ${daemonCount}, 'queued', repeat('x', 4000) from generate_series(1, ${total}) n`;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: daemonCount }, async (_, machine) => {
      for (;;) {
        const rows = await sql.begin(async (tx) => {
          await tx`lock table queue in exclusive mode`;
          return tx`
            update queue set state = 'dispatched'
            where id = (select id from queue where state = 'queued' and machine = ${machine} order by id limit 1)
            returning id, payload`;
        });
        if (rows.length === 0) return;
      }
    }),
  );
  const perSecond = (total / (performance.now() - startedAt)) * 1_000;
  await sql.end();
  rmSync(folder, { recursive: true, force: true });
  return perSecond;
}

export async function benchQueue(): Promise<Figure[]> {
  const naive = 1;
  const folder = mkdtempSync(path.join(tmpdir(), "hc-stat-"));
  const root = (u: string) => postgres(u, { max: 1, onnotice: () => {} });
  {
    await using first = await startEmbeddedPostgres({ dataDirectory: folder });
    const sql = root(first.url);
    await sql.unsafe("alter system set shared_preload_libraries=pg_stat_statements,auto_explain");
    await sql.unsafe("alter system set pg_stat_statements.track_planning=on");
    await sql.unsafe(
      "alter system set auto_explain.log_min_duration='" + (process.env["AE"] ?? "-1") + "'",
    );
    await sql.unsafe("alter system set auto_explain.log_analyze=on");
    await sql.unsafe("alter system set auto_explain.log_timing=on");
    await sql.end();
  }
  await using database = await startEmbeddedPostgres({ dataDirectory: folder });
  const stat = root(database.url);
  await stat.unsafe("create extension pg_stat_statements");
  await using product = await startProduct({
    databaseUrl: database.url,
    serverEnvironment: {
      NODE_OPTIONS: process.env["PROF"] ? "--cpu-prof --cpu-prof-dir=/tmp/hcprof" : "",
      ...(process.env["PGX"] ? JSON.parse(process.env["PGX"]) : {}),
    },
  });
  const { id } = await product.call(workspaces.get, { workspace });
  progress(`enrolling ${daemonCount} daemons and queueing ${daemonCount * tasksPerAgent} tasks`);
  const machines: Machine[] = [];
  for (let index = 0; index < daemonCount; index += 1)
    machines.push(await enrolMachine(product, id, index));
  for (let start = 0; start < machines.length; start += 5) {
    await Promise.all(
      machines
        .slice(start, start + 5)
        .map((machine, offset) => fillQueue(product, machine, start + offset)),
    );
  }
  const cpu = (): Record<string, number> => {
    const out: Record<string, number> = {};
    for (const p of processTree(product.server().pid)) {
      try {
        const st = readFileSync(`/proc/${p}/stat`, "utf8");
        const f = st.slice(st.lastIndexOf(")") + 2).split(" ");
        const n = st.slice(st.indexOf("(") + 1, st.lastIndexOf(")"));
        out[n] = (out[n] ?? 0) + (Number(f[11]) + Number(f[12])) * 10;
      } catch {}
    }
    return out;
  };
  await stat.unsafe("select pg_stat_statements_reset()");
  const own0 = process.cpuUsage();
  const c0 = cpu();
  const { claims, doubles, ms } = await claimAll(machines);
  const c1 = cpu();
  const own = process.cpuUsage(own0);
  const st = await stat.unsafe(
    "select calls, plans, round(total_exec_time) exec, round(total_plan_time) plan, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) q from pg_stat_statements order by total_exec_time+total_plan_time desc limit 32",
  );
  for (const r of st)
    console.log(
      String(r["calls"]).padStart(6),
      String(r["plans"]).padStart(6),
      String(r["exec"]).padStart(7),
      String(r["plan"]).padStart(7),
      r["q"],
    );
  console.log("folder", folder);
  await stat.end();
  console.log(
    "wall",
    Math.round(ms),
    "own cpu",
    Math.round((own.user + own.system) / 1000),
    Object.fromEntries(Object.entries(c1).map(([k, v]) => [k, v - (c0[k] ?? 0)])),
  );
  if (doubles > 0) throw new Error(`${doubles} tasks were handed out twice`);
  if (claims !== daemonCount * tasksPerAgent)
    throw new Error(`${claims} of ${daemonCount * tasksPerAgent} tasks were claimed`);
  return [
    atLeast({
      name: `claims, ${daemonCount} daemons × ${slotsEach} slots at once`,
      value: (claims / ms) * 1_000,
      unit: "claims/s",
      target: 300,
      baseline: naive,
    }),
  ];
}

if (import.meta.main) printFigures(await benchQueue());
