import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import type { ServerFrame } from "@headcount/contract/realtime/frames";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { makeFakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../../tests/support/start-product.ts";
import { atMost, type Figure, percentile, progress } from "../lib/figures.ts";

const assignments = 30;
const linesPerRun = 60;
const naivePollMs = 2_000;

/** An agent CLI that notes when its process starts, then hands over to the scripted agent. */
function notingWrapper(folder: string, executable: string): { directory: string; log: string } {
  const directory = mkdtempSync(path.join(folder, "bin-"));
  const log = path.join(folder, "starts.log");
  writeFileSync(log, "");
  writeFileSync(
    path.join(directory, "claude"),
    `#!/bin/sh\ncase "$1" in --version) ;; *) date +%s%3N >> '${log}' ;; esac\nexec '${executable}' "$@"\n`,
  );
  chmodSync(path.join(directory, "claude"), 0o755);
  return { directory, log };
}

async function measureAssignToStart(product: Product, log: string): Promise<number[]> {
  const agent = await product.createAgent("Starter", "claude");
  const latencies: number[] = [];
  for (let index = 0; index < assignments; index += 1) {
    const before = readFileSync(log, "utf8").length;
    const assignedAt = Date.now();
    const { taskId } = await product.assign(`Start ${index}`, agent);
    const started = await waitFor(
      () => readFileSync(log, "utf8").slice(before).trim() || undefined,
      {
        describe: "the agent CLI's process",
      },
    );
    latencies.push(Number(String(started).split("\n")[0]) - assignedAt);
    await product.taskEnded(taskId);
  }
  return latencies;
}

/** From a line that the CLI prints (it states its time) to the frame in a second client. */
async function measureLineToRow(product: Product): Promise<{ live: number[]; polled: number[] }> {
  const agent = await product.createAgent("Talker", "claude");
  const { id: workspaceId } = await product.call(workspaces.get, { workspace });
  const { taskId } = await product.assign("Talk", agent);
  const live: number[] = [];
  const socket = new WebSocket(`${product.url.replace("http", "ws")}/api/live`, {
    headers: { authorization: `Bearer ${product.ownerToken}` },
  });
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString("utf8")) as ServerFrame;
    if (frame.type === "ready")
      socket.send(
        JSON.stringify({ type: "sub", stream: `task:${workspaceId}:${taskId}`, after: "0.0" }),
      );
    if (frame.type !== "rows") return;
    for (const row of frame.items) collect(row.content, live);
  });
  const polled: number[] = [];
  const polling = pollTranscript(product, taskId, polled);
  await product.taskEnded(taskId, 180_000);
  await waitFor(() => live.length >= linesPerRun, { describe: "every line in the second client" });
  await polling;
  socket.close();
  return { live, polled };

  function collect(content: string, into: number[]): void {
    const stamp = /^(\d{13})\s*$/.exec(content)?.[1];
    if (stamp) into.push(Date.now() - Number(stamp));
  }

  /** What a page without a socket would do: ask every two seconds. */
  async function pollTranscript(on: Product, task: typeof taskId, into: number[]): Promise<void> {
    let after: string | undefined;
    while (into.length < linesPerRun) {
      const page = await on.call(tasks.transcript, {
        workspace,
        taskId: task,
        ...(after ? { after } : {}),
      });
      for (const row of page.items) collect(row.content, into);
      const last = page.items.at(-1);
      if (last) after = `${last.lease}.${last.seq}`;
      await delay(naivePollMs);
    }
  }
}

/** How soon a task runs and how soon what it prints is seen. */
export async function benchRuns(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "hc-live-"));
  const claude = await makeFakeClaude(folder, { steps: [{ text: "hello" }, { result: "done" }] });
  const { directory, log } = notingWrapper(folder, claude.executable);
  appendFileSync(log, "");
  await using product = await startProduct({ agentDirectories: [directory] });
  progress(`assigning ${assignments} issues`);
  const starts = await measureAssignToStart(product, log);
  await claude.setScript({
    steps: [
      // Each differs from the others: the guard stops whoever does the same thing over and over.
      ...Array.from({ length: linesPerRun }, (_, index) => ({
        run: `sleep 0.2; date +%s%3N # ${index}`,
      })),
      { result: "done" },
    ],
  });
  progress(`watching ${linesPerRun} lines`);
  const { live, polled } = await measureLineToRow(product);
  rmSync(folder, { recursive: true, force: true });
  return [
    atMost({
      name: "assign in the API → CLI process started (p95)",
      value: percentile(starts, 0.95),
      unit: "ms",
      target: 1_000,
      baseline: naivePollMs * 0.95,
    }),
    atMost({
      name: "CLI line → row in another client (p95)",
      value: percentile(live, 0.95),
      unit: "ms",
      target: 500,
      baseline: percentile(polled, 0.95),
    }),
  ];
}
