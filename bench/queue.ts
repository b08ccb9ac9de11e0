import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { startEmbeddedPostgres } from "@headcount/embedded-postgres/start-embedded-postgres";
import { type Product, startProduct, workspace } from "../tests/support/start-product.ts";
import { enrolMachine, type Machine } from "./lib/enrol-machine.ts";
import { atLeast, type Figure, median, printFigures, progress } from "./lib/figures.ts";

const daemonCount = 50;
const slotsEach = 4;
const tasksPerAgent = 8;
const total = daemonCount * tasksPerAgent;
const rounds = 3;

async function fillQueue(product: Product, machine: Machine, name: string): Promise<void> {
  const agent = await product.call(agents.create, {
    workspace,
    name: `Bench ${name}`,
    runtimeId: machine.runtimeId,
    limits: { maxConcurrentTasks: 50 },
  });
  for (let task = 0; task < tasksPerAgent; task += 1) {
    await product.call(issues.create, {
      workspace,
      title: `Issue ${name}.${task}`,
      assignee: { type: "agent", id: agent.id },
    });
  }
}

/** New machines in every round: nothing of the rounds before is theirs. */
async function prepareRound(
  product: Product,
  workspaceId: WorkspaceId,
  round: number,
): Promise<Machine[]> {
  const machines: Machine[] = [];
  for (let index = 0; index < daemonCount; index += 1)
    machines.push(await enrolMachine(product, workspaceId, { index, slots: slotsEach }));
  for (let start = 0; start < machines.length; start += 5) {
    await Promise.all(
      machines
        .slice(start, start + 5)
        .map((machine, offset) => fillQueue(product, machine, `${round}.${start + offset}`)),
    );
  }
  return machines;
}

/**
 * All machines claim at once, each until it gets nothing more.
 * @returns claims per second
 * @throws when a task was handed out twice or not at all
 */
async function claimAll(machines: readonly Machine[]): Promise<number> {
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
  const doubles = [...seen.values()].filter((times) => times > 1).length;
  if (doubles > 0) throw new Error(`${doubles} tasks were handed out twice`);
  if (seen.size !== total) throw new Error(`${seen.size} of ${total} tasks were claimed`);
  return (total / ms) * 1_000;
}

/**
 * One claim per statement under a lock on the whole queue: safe, and what one writes first. It has
 * no HTTP, no authentication, no payload and no change log: an upper bound more than a rival.
 */
async function naiveClaims(sql: postgres.Sql): Promise<number> {
  await sql`drop table if exists queue`;
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
  return (total / (performance.now() - startedAt)) * 1_000;
}

export async function benchQueue(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "hc-naive-"));
  try {
    await using database = await startEmbeddedPostgres({ dataDirectory: folder });
    const sql = postgres(database.url, { max: daemonCount, onnotice: () => {} });
    await using product = await startProduct();
    const { id } = await product.call(workspaces.get, { workspace });
    const rates: number[] = [];
    const naive: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}: ${daemonCount} machines, ${total} tasks`);
      const machines = await prepareRound(product, id, round);
      rates.push(await claimAll(machines));
      naive.push(await naiveClaims(sql));
      progress(`${Math.round(rates.at(-1) ?? 0)} claims/s; naive ${Math.round(naive.at(-1) ?? 0)}`);
    }
    await sql.end();
    return [
      atLeast({
        name: `claims, ${daemonCount} daemons × ${slotsEach} slots at once (median of ${rounds})`,
        value: median(rates),
        unit: "claims/s",
        target: 300,
        baseline: median(naive),
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) printFigures(await benchQueue());
