import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { listProcesses, markedProcesses } from "@headcount/agent-drivers/core/process-tree";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { RunJournal } from "./run-journal.ts";
import { type EnrolledMachine, enrolMachine } from "../testing/daemon-program.fixture.ts";
import type { ScriptedHeadcount } from "../testing/scripted-headcount.fixture.ts";

const killerFile = fileURLToPath(
  new URL("../../../../tests/faults/support/kill-at-step.ts", import.meta.url),
);
const kills = testRuns(2);
/** Steps with files that a start takes before it has registered, and those of one run after it. */
const steps = { first: 12, all: 70 };

const killedAt = (step: number): Parameters<EnrolledMachine["startProgram"]>[0] => ({
  nodeArguments: ["--import", killerFile],
  environment: { HEADCOUNT_KILL_STEP: String(step), HEADCOUNT_KILL_WHEN: "after" },
});

async function end(program: ChildProcess): Promise<void> {
  const exited = once(program, "exit");
  program.kill("SIGTERM");
  await exited;
}

/** The server hands the task out once and believes that it is here until it has heard of its end. */
function believeInTask(server: ScriptedHeadcount, task: ClaimedTask): void {
  server.intercept = (route) => {
    if (route !== "tasks") return null;
    const isHere = server.queue.length === 0 && endsOf(server, task).length === 0;
    const { workspaceId, taskId, lease } = task;
    return { body: { items: isHere ? [{ workspaceId, taskId, lease, status: "running" }] : [] } };
  };
}

const endsOf = (server: ScriptedHeadcount, task: ClaimedTask): readonly string[] =>
  server.records.flatMap((record) => {
    return record.kind === "terminal" && record.taskId === task.taskId ? [record.body.status] : [];
  });

test(
  "INV-102 INV-105 a daemon that is killed at any step of its work with files ends its task once, and leaves nothing",
  { timeout: testRunsTimeoutMs(60_000) },
  async () => {
    await using machine = await enrolMachine();
    const { server, paths } = machine;
    const first = machine.startProgram();
    await waitFor(() => server.hasRuntime("claude"), { timeoutMs: 40_000, describe: "a runtime" });
    await end(first);
    let injected = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const task = server.task("tool");
      server.queue.push(task);
      believeInTask(server, task);
      // Spread over all steps, whatever the number of kills is.
      const step = steps.first + Math.floor(((kill + 0.5) / kills) * (steps.all - steps.first));
      const killed = machine.startProgram(killedAt(step));
      const exited = once(killed, "exit");
      const isOver = (): boolean => killed.signalCode !== null || endsOf(server, task).length > 0;
      await waitFor(isOver, { timeoutMs: 40_000, describe: `the end at step ${step}` });
      if (killed.signalCode === "SIGKILL") injected += 1;
      killed.kill("SIGKILL");
      await exited;

      const journal = await RunJournal.open(paths.journal);
      const markers = (await journal.readAll()).map((note) => note.marker);
      const next = machine.startProgram();
      await waitFor(() => endsOf(server, task).length > 0, {
        timeoutMs: 40_000,
        describe: `the end of the task after step ${step}`,
      });
      await waitFor(async () => (await journal.readAll()).length === 0, {
        describe: "a journal without runs",
      });
      await end(next);
      expect(endsOf(server, task)).toHaveLength(1);
      const left = markers.flatMap((marker) => markedProcesses(marker, listProcesses()));
      expect(left).toEqual([]);
    }
    expect(injected).toBeGreaterThan(0);
  },
);
