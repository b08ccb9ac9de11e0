import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { listProcesses, markedProcesses } from "@headcount/agent-drivers/core/process-tree";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { startTestDaemon, type TestDaemon } from "../testing/test-daemon.fixture.ts";

test("INV-55 a cancel ends the whole tree, keeps what was used and is acknowledged", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const { task, marker } = await openTool(it, "hang");
  expect(markedProcesses(marker, listProcesses()).length).toBeGreaterThanOrEqual(2);
  server.verdicts.set(task.taskId, "cancel");
  server.hint({ type: "cancel", taskId: task.taskId, lease: 1 });
  await waitFor(() => server.recordsOf("cancel_ack").length === 1, {
    timeoutMs: 40_000,
    describe: "the acknowledgement",
  });
  expect(markedProcesses(marker, listProcesses())).toEqual([]);
  expect(server.recordsOf("usage").length).toBeGreaterThan(0);
  expect(server.recordsOf("terminal")).toMatchObject([
    {
      status: "cancelled",
      failureReason: null,
      sessionId: server.recordsOf("session")[0]?.sessionId,
    },
  ]);
});

test.each(["a hint", "a heartbeat"])(
  "INV-55 INV-19 a limit that %s brings ends the run: nothing of it lives; session, work and usage are kept",
  async (messenger) => {
    await using it = await startTestDaemon();
    const { server } = it;
    const { task, marker } = await openTool(it, "hang");
    if (messenger === "a hint") {
      server.hint({ type: "stop", taskId: task.taskId, lease: 1, reason: "budget_stop" });
    } else server.verdicts.set(task.taskId, "budget_stop");
    await waitFor(() => server.recordsOf("terminal").length === 1, {
      timeoutMs: 40_000,
      describe: "the end",
    });
    expect(markedProcesses(marker, listProcesses())).toEqual([]);
    expect(server.recordsOf("usage").length).toBeGreaterThan(0);
    expect(server.recordsOf("terminal")).toMatchObject([
      {
        status: "failed",
        failureReason: "budget_stop",
        error: null,
        sessionId: server.recordsOf("session")[0]?.sessionId,
        workDirectory: expect.stringContaining("workdir"),
      },
    ]);
  },
);

test("INV-101 a run whose lease is lost is stopped and reports no end", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const { task, marker } = await openTool(it, "wait");
  server.queue.push({ ...task, lease: 2, turnPrompt: "do:finish" });
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the end of the second lease",
  });
  expect(server.records.filter((record) => record.kind === "terminal")).toMatchObject([
    { lease: 2 },
  ]);
  expect(markedProcesses(marker, listProcesses())).toEqual([]);
});

test("stopping the daemon ends its runs and reports them as offline", async () => {
  await using it = await startTestDaemon();
  await openTool(it, "wait");
  await it.daemon.stop("test", 0);
  expect(it.server.recordsOf("terminal")).toMatchObject([
    { status: "failed", failureReason: "runtime_offline" },
  ]);
});

/** Waits until a run is in the middle of a tool. */
async function openTool(
  { server, paths }: TestDaemon,
  script: "hang" | "wait",
): Promise<{ readonly task: ClaimedTask; readonly marker: string }> {
  const task = server.task(script);
  server.queue.push(task);
  await waitFor(() => server.recordsOf("progress").length > 0, {
    timeoutMs: 40_000,
    describe: "an open tool",
  });
  return { task, marker: await markerOfRun(paths.journal) };
}

async function markerOfRun(journal: string): Promise<string> {
  const [name] = await readdir(journal);
  const note = JSON.parse(await readFile(path.join(journal, name ?? ""), "utf8")) as {
    marker: string;
  };
  return note.marker;
}
