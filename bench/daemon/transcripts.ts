import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { agents } from "@headcount/contract/agents/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import type { TaskId } from "@headcount/contract/kit/ids";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { type Product, startProduct, workspace } from "../../tests/support/start-product.ts";
import { atMost, fact, type Figure, percentile, printFigures, progress } from "../lib/figures.ts";
import { cpuMsOf, cpuMsOfTree, residentMbOf } from "../lib/process-cpu.ts";
import { watchStolenTime } from "../lib/stolen-time.ts";
import { type LineLoad, linesOf, makeLineAgent } from "./line-agent.ts";
import type { ForwarderOrder, ForwarderResult } from "./naive-forwarder.ts";
import { storedLines, watchLines } from "./watch-lines.ts";

const agentCount = 50;
/** Open pages that watch a run each. */
const watchedRuns = 10;
const load: LineLoad = { linesPerSecond: 40, seconds: 30 };
const naiveLoad: LineLoad = { linesPerSecond: 40, seconds: 5 };
const naiveLimitMs = 20_000;
const linesPerSecond = agentCount * load.linesPerSecond;

/** Fifty agents that talk at once through one daemon to one server. */
export async function benchTranscripts(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "hc-lines-"));
  try {
    await makeLineAgent(folder, load);
    await using product = await startProduct({
      agentDirectories: [folder],
      daemonEnvironment: { HEADCOUNT_MAX_TASKS: String(agentCount) },
    });
    const taskIds = await startRuns(product);
    const measured = await measureRuns(product, taskIds, path.join(folder, "go"));
    progress("the same, line by line");
    const naive = await measureNaive(product, taskIds, folder);
    return figuresOf(measured, naive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startRuns(product: Product): Promise<readonly TaskId[]> {
  const agent = await product.createAgent("Talker", "claude");
  const limits = { ...agent.limits, maxConcurrentTasks: agentCount };
  await product.call(agents.update, { workspace, agentId: agent.id, limits });
  progress(`starting ${agentCount} agents`);
  const taskIds: TaskId[] = [];
  for (let index = 0; index < agentCount; index += 1) {
    taskIds.push((await product.assign(`Talk ${index}`, agent)).taskId);
  }
  for (const taskId of taskIds) await product.taskIn(taskId, ["running"], 120_000);
  return taskIds;
}

type Measured = {
  readonly lagsMs: readonly number[];
  readonly lostLines: number;
  readonly daemonPercent: number;
  readonly serverPercent: number;
  readonly daemonMb: number;
  /** Processor time of the server and its database until every run has ended. */
  readonly serverTreeMs: number;
  /** Percent of the processors that the host of this virtual machine has kept. */
  readonly stolenPercent: number;
};

async function measureRuns(
  product: Product,
  taskIds: readonly TaskId[],
  goFile: string,
): Promise<Measured> {
  const { id: workspaceId } = await product.call(workspaces.get, { workspace });
  const watch = watchLines(product, workspaceId, taskIds.slice(0, watchedRuns));
  // Whatever the start of fifty agents has left to do is done before anything is measured.
  await delay(3_000);
  const pids = { daemon: product.daemon().pid, server: product.server().pid };
  progress(`${linesPerSecond} lines a second for ${load.seconds} s`);
  const before = { daemon: cpuMsOf(pids.daemon), server: cpuMsOf(pids.server) };
  const treeBefore = cpuMsOfTree(pids.server);
  const stolen = watchStolenTime();
  const startedAt = performance.now();
  await writeFile(goFile, "");
  let daemonMb = 0;
  while (performance.now() - startedAt < load.seconds * 1_000) {
    await delay(250);
    daemonMb = Math.max(daemonMb, residentMbOf(pids.daemon));
  }
  const elapsedMs = performance.now() - startedAt;
  const percent = (now: number, then: number): number => ((now - then) / elapsedMs) * 100;
  const daemonPercent = percent(cpuMsOf(pids.daemon), before.daemon);
  const serverPercent = percent(cpuMsOf(pids.server), before.server);
  for (const taskId of taskIds) {
    const task = await product.taskEnded(taskId, 180_000);
    if (task.status !== "completed")
      throw new Error(`A run ended as ${task.status}: ${task.error}`);
  }
  const serverTreeMs = cpuMsOfTree(pids.server) - treeBefore;
  const stolenPercent = stolen();
  let stored = 0;
  for (const taskId of taskIds) stored += await storedLines(product, taskId);
  watch.close();
  const lostLines = agentCount * linesOf(load) - stored;
  return {
    lagsMs: watch.lagsMs,
    lostLines,
    daemonPercent,
    serverPercent,
    daemonMb,
    serverTreeMs,
    stolenPercent,
  };
}

async function measureNaive(
  product: Product,
  taskIds: readonly TaskId[],
  folder: string,
): Promise<ForwarderResult> {
  const executable = await makeLineAgent(folder, naiveLoad);
  const { id: workspaceId } = await product.call(workspaces.get, { workspace });
  const token = (await readFile(path.join(product.daemonDirectory, "daemon-token"), "utf8")).trim();
  const { lease } = await product.call(tasks.get, { workspace, taskId: taskIds[0] ?? raise() });
  const order: ForwarderOrder = {
    serverUrl: product.url,
    token,
    executable,
    leases: taskIds.map((taskId) => ({ workspaceId, taskId, lease })),
    limitMs: naiveLimitMs,
  };
  return runForwarder(order);
}

function runForwarder(order: ForwarderOrder): Promise<ForwarderResult> {
  const program = fileURLToPath(new URL("./naive-forwarder.ts", import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(said) as ForwarderResult);
      else reject(new Error(`The naive forwarder ended with ${code}`));
    });
  });
}

function figuresOf(measured: Measured, naive: ForwarderResult): Figure[] {
  return [
    atMost({
      name: `transcript lag, ${agentCount} agents × ${load.linesPerSecond} lines/s (p95)`,
      value: percentile(measured.lagsMs, 0.95),
      unit: "ms",
      target: 1_000,
      baseline: percentile(naive.lagsMs, 0.95),
    }),
    ...[0.5, 0.99].map((part) =>
      fact({
        name: `of all lines, within this lag: ${part * 100} %`,
        value: percentile(measured.lagsMs, part),
        unit: "ms",
        baseline: percentile(naive.lagsMs, part),
        better: "smaller",
      }),
    ),
    atMost({
      name: `lines lost of ${agentCount * linesOf(load)}`,
      value: measured.lostLines,
      unit: "lines",
      target: 0,
      baseline: null,
    }),
    atMost({
      name: "daemon, memory at its peak",
      value: measured.daemonMb,
      unit: "MB",
      target: 250,
      baseline: naive.peakMb,
    }),
    atMost({
      name: "daemon, share of one core",
      value: measured.daemonPercent,
      unit: "%",
      target: 60,
      // What it would take for as many lines, had it got that far.
      baseline: (naive.cpuMs / naive.delivered) * linesPerSecond * 0.1,
    }),
    fact({
      name: "server meanwhile, share of one core",
      value: measured.serverPercent,
      unit: "%",
      baseline: null,
      better: "smaller",
    }),
    fact({
      name: "server and database, processor time per 1,000 lines",
      value: (measured.serverTreeMs * 1_000) / (agentCount * linesOf(load)),
      unit: "ms",
      baseline: null,
      better: "smaller",
    }),
    fact({
      name: "processors kept by the host meanwhile",
      value: measured.stolenPercent,
      unit: "%",
      baseline: null,
      better: "smaller",
    }),
  ];
}

function raise(): never {
  throw new Error("Nothing was started");
}

if (import.meta.main) printFigures(await benchTranscripts());
