import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { listProcesses, markedProcesses } from "@headcount/agent-drivers/core/process-tree";
import { newId, type TaskId } from "@headcount/contract/kit/ids";
import { patientMs } from "@headcount/testkit/patience";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { startDaemon } from "../start-daemon.ts";
import { enrolMachine } from "../testing/daemon-program.fixture.ts";
import { ScriptedHeadcount } from "../testing/scripted-headcount.fixture.ts";
import { testConfig } from "../testing/test-daemon.fixture.ts";
import { RunNote } from "./run-journal.ts";

const none = { linesAdded: 0, linesDeleted: 0, filesChanged: 0 };

async function notesIn(journal: string): Promise<readonly RunNote[]> {
  const names = (await readdir(journal)).filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(names.map((name) => readFile(path.join(journal, name), "utf8")));
  return texts.map((text) => RunNote.parse(JSON.parse(text)));
}

test(
  "INV-105 INV-27 after a kill -9 nothing of five runs lives on and each is reported once",
  async () => {
    await using machine = await enrolMachine();
    const { folder, server, paths } = machine;
    const program = machine.startProgram();
    await waitFor(() => server.hasRuntime("claude"), {
      timeoutMs: 40_000,
      describe: "registration",
    });
    const tasks = Array.from({ length: 5 }, () => server.task("hang"));
    const { agent } = tasks[0] ?? server.task("hang");
    const mcpServers = { notes: { command: "notes", env: { KEY: "canary-of-a-server" } } };
    server.queue.push(...tasks.map((task) => ({ ...task, agent: { ...agent, mcpServers } })));
    await waitFor(() => server.recordsOf("progress").length === 5, {
      describe: "five open tools",
      timeoutMs: 30_000,
    });
    const [writing] = server.starts;
    await writeFile(path.join(writing?.workDirectory ?? "", "made.txt"), "one\ntwo\n");
    program.kill("SIGKILL");
    await once(program, "exit");

    const notes = await notesIn(paths.journal);
    expect(notes).toHaveLength(5);
    const lent = notes.map((note) => `${note.privateDirectory}/mcp/servers.json`);
    expect(await readFile(lent[0] ?? "", "utf8")).toContain("canary-of-a-server");
    const living = (): number =>
      notes.reduce((sum, note) => sum + markedProcesses(note.marker, listProcesses()).length, 0);
    expect(living()).toBeGreaterThanOrEqual(10);

    const unknown = newId<TaskId>();
    server.owned = [
      ...tasks.map(({ workspaceId, taskId, lease }) => ({
        workspaceId,
        taskId,
        lease,
        status: "running",
      })),
      { workspaceId: server.workspaceId, taskId: unknown, lease: 4, status: "dispatched" },
    ];
    await using daemon = await startDaemon(testConfig(folder, server), () => {});
    expect(living()).toBe(0);
    expect(lent.filter((file) => existsSync(file))).toEqual([]);
    await waitFor(() => server.recordsOf("terminal").length >= 6, {
      describe: "six ends",
      timeoutMs: 20_000,
    });
    const ends = server.records.filter((record) => record.kind === "terminal");
    expect(ends.map((record) => record.taskId).toSorted()).toEqual(
      [...tasks.map((task) => task.taskId), unknown].toSorted(),
    );
    for (const { body, taskId } of ends) {
      expect(body).toMatchObject({ status: "failed", failureReason: "runtime_recovery" });
      const sessionOfRun = expect.stringMatching(/^0b8f0d0e/) as unknown;
      expect(body.sessionId).toEqual(taskId === unknown ? null : sessionOfRun);
      const isWriting = taskId === writing?.taskId;
      const changes = isWriting ? { ...none, linesAdded: 2, filesChanged: 1 } : none;
      expect(body.changes).toEqual(taskId === unknown ? undefined : changes);
    }
    await waitFor(() => daemon.status().outbox.depth === 0, {
      timeoutMs: 40_000,
      describe: "an empty outbox",
    });
    expect(await readdir(paths.journal)).toEqual([]);
  },
  patientMs(90_000),
);

test("a second program of the same profile leaves with exit status 75", async () => {
  await using machine = await enrolMachine();
  const { folder, server } = machine;
  await using daemon = await startDaemon(testConfig(folder, server), () => {});
  const program = machine.startProgram();
  const [code] = (await once(program, "exit")) as [number];
  expect(code).toBe(75);
  expect(daemon.status().phase).not.toBe("stopping");
});

test("a local daemon whose server has moved gives way to the new one", async () => {
  await using machine = await enrolMachine();
  await using after = await ScriptedHeadcount.start();
  await using old = await startDaemon(testConfig(machine.folder, machine.server), () => {});
  const program = machine.startProgram({
    environment: { HEADCOUNT_LOCAL: "1", HEADCOUNT_SERVER_URL: after.baseUrl },
  });
  expect(await old.ended).toBe("the server has moved to another address");
  await waitFor(() => after.hasRuntime("claude"), { timeoutMs: 40_000, describe: "the new home" });
  program.kill("SIGTERM");
  expect(await once(program, "exit")).toEqual([0, null]);
  expect(after.farewells).toEqual(["SIGTERM"]);
});
