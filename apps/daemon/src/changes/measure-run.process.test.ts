import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { git } from "../runs/git.ts";
import { startTestDaemon } from "../testing/test-daemon.fixture.ts";

async function makeOrigin(folder: string): Promise<string> {
  await mkdir(folder);
  await git(folder, ["init", "--quiet", "-b", "main"]);
  await writeFile(path.join(folder, "a.txt"), "one\ntwo\n");
  await git(folder, ["add", "."]);
  const person = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];
  await git(folder, [...person, "commit", "--quiet", "-m", "first"]);
  return folder;
}

test("the end of a run says what it has changed, and of a run that changed nothing that it is zero", async () => {
  await using directory = await temporaryDirectory();
  await using it = await startTestDaemon();
  const { server } = it;
  const url = await makeOrigin(path.join(directory.path, "origin"));
  const repositories = [{ url, ref: null }];
  server.queue.push(server.task("write", { repositories }), server.task("write"));
  await waitFor(() => server.recordsOf("terminal").length === 2, {
    timeoutMs: 40_000,
    describe: "both ends",
  });
  const written = { linesAdded: 2, linesDeleted: 0, filesChanged: 1 };
  expect(server.recordsOf("terminal").map((end) => end.changes)).toEqual([written, written]);
  server.queue.push(server.task("finish", { repositories }));
  await waitFor(() => server.recordsOf("terminal").length === 3, {
    timeoutMs: 40_000,
    describe: "the third end",
  });
  const none = { linesAdded: 0, linesDeleted: 0, filesChanged: 0 };
  expect(server.recordsOf("terminal")[2]?.changes).toEqual(none);
  await waitFor(() => it.daemon.status().slots.free === 3, {
    timeoutMs: 40_000,
    describe: "free slots",
  });
  for (const { workDirectory } of server.starts) {
    expect(await readdir(path.dirname(workDirectory))).not.toContain(".changes");
  }
});

test("a run that was stopped says what it has changed until then", async () => {
  await using directory = await temporaryDirectory();
  await using it = await startTestDaemon({ heartbeatIntervalMs: 30 });
  const { server } = it;
  const url = await makeOrigin(path.join(directory.path, "origin"));
  const task = server.task("wait", { repositories: [{ url, ref: null }] });
  server.queue.push(task);
  await waitFor(() => server.recordsOf("progress").length > 0, {
    timeoutMs: 40_000,
    describe: "an agent at work",
  });
  await writeFile(path.join(server.starts[0]?.workDirectory ?? "", "a.txt"), "one\n2\nthree\n");
  server.verdicts.set(task.taskId, "cancel");
  await waitFor(() => server.recordsOf("cancel_ack").length === 1, {
    timeoutMs: 40_000,
    describe: "the acknowledgement",
  });
  expect(server.recordsOf("terminal")).toMatchObject([
    { status: "cancelled", changes: { linesAdded: 2, linesDeleted: 1, filesChanged: 1 } },
  ]);
});

test("without git a run goes on, and says nothing about changes", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const { PATH } = process.env;
  process.env["PATH"] = "/nowhere";
  try {
    server.queue.push(server.task("write"));
    await waitFor(() => server.recordsOf("terminal").length === 1, {
      timeoutMs: 40_000,
      describe: "the end",
    });
  } finally {
    process.env["PATH"] = PATH;
  }
  const [end] = server.recordsOf("terminal");
  expect(end).toMatchObject({ status: "completed" });
  expect(end?.changes).toBeUndefined();
});
