import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { families } from "@headcount/agent-drivers/testing/families";
import type { CliScript } from "@headcount/agent-drivers/testing/scripted-cli";
import type { TaskId } from "@headcount/contract/kit/ids";
import { tank } from "@headcount/contract/tank/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { patientMs } from "@headcount/testkit/patience";
import { processesWith } from "../support/marked-processes.ts";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const scriptedCli = fileURLToPath(
  import.meta.resolve("@headcount/agent-drivers/testing/scripted-cli"),
);
/** In a session of its own. */
const tool = { tool: "setsid tail -f /dev/null" };
/** Which program of the machine speaks the protocol of a family. Claude Code is there anyway. */
const others = {
  codex: "codex-app-server",
  acp: "acp",
  pi: "ndjson",
  command: "buffered",
} as const;
type Cli = keyof typeof others;
const clis = Object.keys(others) as Cli[];

describe("a limit that is crossed while five agents work, one of each protocol family", () => {
  let started: ProductWithClaude;
  let programs: Awaited<ReturnType<typeof makePrograms>>;
  beforeAll(async () => {
    programs = await makePrograms();
    started = await startWithClaude({ daemonEnvironment: programs.environment });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await programs[Symbol.asyncDispose]();
  });

  it(
    "INV-55 INV-19 INV-26 stops all of them at once, leaves nothing alive, and all go on after a top-up",
    { timeout: patientMs(300_000) },
    async () => {
      const { product, claude, folder } = started;
      const go = path.join(folder, "go");
      await claude.setScript({
        model: "claude-sonnet-5",
        steps: [
          { waitForFile: go },
          { usage: { input: 1009, output: 5303 } },
          { text: "That was dear." },
          { run: "setsid tail -f /dev/null" },
        ],
        resumedSteps: [{ result: "Continued." }],
      });
      await programs.setScripts("working");
      await product.call(tank.topUp, { workspace, amount: "0.01", key: "first" });
      await product.call(tank.settings, { workspace, action: "stop" });

      const running: { readonly cli: string; readonly taskId: TaskId }[] = [];
      for (const cli of ["claude", ...clis]) {
        const agent = await product.createAgent(`Agent of ${cli}`, cli);
        const { taskId } = await product.assign(`Work of ${cli}`, agent);
        running.push({ cli, taskId });
      }
      const living = (taskId: TaskId) => processesWith(`HEADCOUNT_TASK_ID=${taskId}`);
      for (const { cli, taskId } of running) {
        await product.taskIn(taskId, ["running"]);
        const processes = cli === "claude" ? 1 : 2;
        await waitFor(() => living(taskId).length >= processes, {
          describe: `the program of ${cli} and its tool`,
          timeoutMs: 60_000,
        });
      }

      await writeFile(go, "");
      const stopped: Task[] = [];
      for (const { taskId } of running) stopped.push(await product.taskEnded(taskId, 90_000));
      for (const task of stopped) {
        expect(task).toMatchObject({ status: "failed", failureReason: "budget_stop" });
        expect(task.error).toContain("Stopped by the budget “Tank”");
        expect(task.workDirectory).toContain("workdir");
        expect(living(task.id)).toEqual([]);
      }
      expect(stopped[0]?.usage.tokens).toMatchObject({ input: 1009, output: 5303 });

      const waiting = await Promise.all(stopped.map(({ id }) => continuationOf(id)));
      for (const { id, status } of waiting) {
        expect(status).toBe("queued");
        const why = await product.call(tasks.why, { workspace, taskId: id });
        expect(why.reasons[0]?.code).toBe("held_by_budget");
      }

      await programs.setScripts("finished");
      await product.call(tank.topUp, { workspace, amount: "100", key: "second" });
      const done: Task[] = [];
      for (const { id } of waiting) done.push(await product.taskEnded(id, 90_000));
      const place = ({ status, attempt, workDirectory }: Task) => ({
        status,
        attempt,
        workDirectory,
      });
      expect(done.map(place)).toEqual(
        stopped.map(({ workDirectory }) => ({ status: "completed", attempt: 1, workDirectory })),
      );
      // The other scripts do not keep sessions as their CLIs would.
      expect(done[0]?.sessionId).toBe(stopped[0]?.sessionId);
      const { workspace: left } = await product.call(tank.balance, { workspace });
      expect(left).toMatchObject({ filled: "100.01", empty: false, heldTasks: 0 });
    },
  );

  async function continuationOf(taskId: TaskId): Promise<Task> {
    const { product } = started;
    const found = await waitFor(
      async () => {
        const { items } = await product.call(tasks.list, { workspace });
        return items.find((task) => task.retryOf === taskId);
      },
      { describe: `what continues task ${taskId}`, timeoutMs: 30_000 },
    );
    return found as Task;
  }
});

/** A scripted program for each family but Claude Code's, in a folder of their own. */
async function makePrograms() {
  const folder = await temporaryDirectory({ prefix: "families" });
  const fileOf = (cli: Cli, name: string): string => path.join(folder.path, `${cli}-${name}`);
  const environment: Record<string, string> = {};
  for (const cli of clis) {
    const program = fileOf(cli, "program");
    const line = [process.execPath, scriptedCli, fileOf(cli, "log"), fileOf(cli, "script")];
    await writeFile(
      program,
      `#!/bin/sh\n[ "$1" = --version ] && { echo 99.0.0; exit 0; }\nexec ${line.map((word) => `'${word}'`).join(" ")} "$@"\n`,
    );
    await chmod(program, 0o755);
    environment[`HEADCOUNT_${cli.toUpperCase()}_PATH`] = program;
  }
  return {
    environment,
    async setScripts(kind: "working" | "finished"): Promise<void> {
      for (const cli of clis) {
        const script = families[others[cli]][kind](...(kind === "working" ? [tool] : []));
        await writeFile(fileOf(cli, "script"), JSON.stringify(withResume(script)));
      }
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Codex continues a thread in words of its own. */
function withResume(script: CliScript): CliScript {
  const resume = {
    when: { method: "thread/resume" },
    steps: [{ result: { thread: { id: "th" } } }],
  };
  return { ...script, rules: [resume, ...script.rules] };
}
