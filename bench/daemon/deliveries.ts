import { agents } from "@headcount/contract/agents/routes";
import type { InputOf } from "@headcount/contract/kit/route";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { issues } from "@headcount/contract/issues/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { type Product, startProduct, workspace } from "../../tests/support/start-product.ts";
import { enrolMachine, type Machine } from "../lib/enrol-machine.ts";
import { fact, type Figure, median, printFigures, progress } from "../lib/figures.ts";
import { cpuMsOfTree } from "../lib/process-cpu.ts";

const taskCount = 50;
const rounds = 60;
/** What a talking agent brings in half a second: rows of text, calls of tools and their results. */
const rowsPerTask = 6;
const callsPerTask = 2;

type Batch = InputOf<typeof daemon.outbox>["records"];

type Cost = { readonly cpuMs: number; readonly roundMs: readonly number[] };

/**
 * What a machine's records cost the server and its database. Rounds are of one size here, whatever
 * else the machine has to do, and processor time is what nobody else can take away.
 */
export async function benchDeliveries(): Promise<Figure[]> {
  await using product = await startProduct();
  const { id: workspaceId } = await product.call(workspaces.get, { workspace });
  const machine = await enrolMachine(product, workspaceId, { index: 0, slots: taskCount });
  const tasks = await runningTasks(product, machine);
  const records = new Records(tasks);
  progress(`${rounds} rounds of ${taskCount} runs`);
  await deliver(product, machine, () => [records.next()], 10);
  const together = await deliver(product, machine, () => [records.next()], rounds);
  progress("the same with a request for each run");
  const apart = await deliver(product, machine, () => byTask(records.next()), rounds / 4);
  const perRecord = (cost: Cost): number =>
    (cost.cpuMs * 1_000) / (cost.roundMs.length * records.perRound);
  return [
    fact({
      name: `processor time for 1,000 records of ${taskCount} runs, server and database`,
      value: perRecord(together),
      unit: "ms",
      baseline: perRecord(apart),
      better: "smaller",
    }),
    fact({
      name: `until ${records.perRound} records of ${taskCount} runs are stored (median)`,
      value: median(together.roundMs),
      unit: "ms",
      baseline: median(apart.roundMs),
      better: "smaller",
    }),
  ];
}

async function runningTasks(product: Product, machine: Machine): Promise<readonly ClaimedTask[]> {
  const agent = await product.call(agents.create, {
    workspace,
    name: "Talker",
    runtimeId: machine.runtimeId,
    limits: { maxConcurrentTasks: taskCount },
  });
  for (let index = 0; index < taskCount; index += 1) {
    const assignee = { type: "agent", id: agent.id } as const;
    await product.call(issues.create, { workspace, title: `Talk ${index}`, assignee });
  }
  const claimed: ClaimedTask[] = [];
  while (claimed.length < taskCount) {
    const reply = await machine.client.call(daemon.claim, {
      claimId: crypto.randomUUID(),
      runtimeIds: [machine.runtimeId],
      max: Math.min(32, taskCount - claimed.length),
    });
    claimed.push(...reply.tasks);
  }
  for (const { workspaceId, taskId, lease } of claimed) {
    await machine.client.call(daemon.start, {
      workspaceId,
      taskId,
      lease,
      argv: ["claude"],
      workDirectory: "/work",
      displayDirectory: "/work",
      branch: null,
      resumed: false,
    });
  }
  return claimed;
}

/** Records of runs that go on for ever. */
class Records {
  readonly #tasks: readonly ClaimedTask[];
  #round = 0;

  constructor(tasks: readonly ClaimedTask[]) {
    this.#tasks = tasks;
  }

  get perRound(): number {
    return this.#tasks.length * (rowsPerTask + callsPerTask) + this.#tasks.length / 2;
  }

  next(): Batch {
    this.#round += 1;
    const round = this.#round;
    return this.#tasks.flatMap((task, at) => recordsOf(task, round, (at + round) % 2 === 0));
  }
}

function recordsOf(
  { workspaceId, taskId, lease }: ClaimedTask,
  round: number,
  isActive: boolean,
): Batch {
  const first = round * (rowsPerTask + callsPerTask + 1);
  const head = (offset: number) => ({ workspaceId, taskId, lease, sequence: first + offset });
  const rows = Array.from({ length: rowsPerTask }, (_, at) => ({
    ...head(at),
    kind: "transcript" as const,
    body: { seq: first + at, type: "text" as const, content: textOf(round) },
  }));
  const usage = Array.from({ length: callsPerTask }, (_, at) => ({
    ...head(rowsPerTask + at),
    kind: "usage" as const,
    body: {
      key: `call-${round}-${at}`,
      provider: "anthropic",
      model: "claude-sonnet-5",
      role: "main" as const,
      source: "bench",
      cumulative: false,
      input: 12,
      cacheRead: 204,
      cacheWrite5m: 5,
      cacheWrite1h: 0,
      output: 9,
      reasoning: 0,
    },
  }));
  const activity = {
    ...head(rowsPerTask + callsPerTask),
    kind: "progress" as const,
    body: { activity: `Bash: make check ${round}` },
  };
  return [...rows, ...usage, ...(isActive ? [activity] : [])];
}

const textOf = (round: number): string =>
  `I am looking at function ${round} of this file and go on.\n`.repeat(4);

const byTask = (batch: Batch): readonly Batch[] => [
  ...Map.groupBy(batch, (record) => record.taskId).values(),
];

/** @throws when a record is not stored */
async function deliver(
  product: Product,
  { client }: Machine,
  next: () => readonly Batch[],
  count: number,
): Promise<Cost> {
  const { pid } = product.server();
  const roundMs: number[] = [];
  const before = cpuMsOfTree(pid);
  for (let round = 0; round < count; round += 1) {
    const requests = next();
    const startedAt = performance.now();
    const replies = await Promise.all(
      requests.map((records) => client.call(daemon.outbox, { records })),
    );
    roundMs.push(performance.now() - startedAt);
    const other = replies
      .flatMap((reply) => reply.acknowledgements)
      .find((answer) => answer.result !== "stored");
    if (other) throw new Error(`A record was answered ${other.result}: ${other.reason}`);
  }
  return { cpuMs: cpuMsOfTree(pid) - before, roundMs };
}

if (import.meta.main) printFigures(await benchDeliveries());
