import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { fingerprint, makePersonRepository } from "../local-directory/person.fixture.ts";
import { makeSkill } from "../skills/skill.fixture.ts";
import { startDaemon } from "../start-daemon.ts";
import { startTestDaemon, type TestDaemon } from "../testing/test-daemon.fixture.ts";
import { git } from "./git.ts";
import { shortTaskId } from "./run-directories.ts";

const identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];

type Person = { readonly it: TestDaemon; readonly top: string };

async function withPerson(): Promise<Person & AsyncDisposable> {
  const it = await startTestDaemon({ changesIntervalMs: 50 });
  const top = path.join(it.folder, "person", "the app");
  await makePersonRepository(top);
  await writeFile(path.join(top, "CLAUDE.md"), "Rules of the person.\n");
  return { it, top, [Symbol.asyncDispose]: () => it[Symbol.asyncDispose]() };
}

const branchOf = (task: ClaimedTask): string => `agent/ada-agent/${shortTaskId(task.taskId)}`;

const until = async (condition: () => boolean, describe: string): Promise<void> => {
  await waitFor(condition, { timeoutMs: 40_000, describe });
};

const ended = ({ it }: Person, count = 1): Promise<void> =>
  until(() => it.server.recordsOf("terminal").length === count, "the end");

const workOf = ({ it }: Person): string => it.server.starts.at(-1)?.workDirectory ?? "";

test("a run beside a person's folder leaves a branch there and nothing else, and tells its lines meanwhile", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  await writeFile(path.join(top, "a.txt"), "not committed\n");
  const before = await fingerprint(top);
  const task = it.server.task("wait", { directory: { path: top, mode: "worktree" } });
  it.server.queue.push(task);
  await until(() => it.server.recordsOf("progress").length > 0, "the agent at work");
  expect(it.server.starts).toMatchObject([{ taskId: task.taskId, branch: branchOf(task) }]);
  const work = workOf(person);
  expect(await readFile(path.join(work, "a.txt"), "utf8")).toBe("not committed\n");
  expect(await readFile(path.join(work, "CLAUDE.md"), "utf8")).toContain("You are Ada.");
  await writeFile(path.join(work, "made.txt"), "one\ntwo\n");
  const grown = { linesAdded: 2, linesDeleted: 0, filesChanged: 1 };
  await until(() => it.server.recordsOf("changes").length > 0, "the lines so far");
  expect(it.server.recordsOf("changes").at(-1)).toEqual(grown);
  it.server.verdicts.set(task.taskId, "cancel");
  it.server.hint({ type: "cancel", taskId: task.taskId, lease: 1 });
  await until(() => it.server.recordsOf("cancel_ack").length === 1, "the acknowledgement");
  expect(it.server.recordsOf("terminal")).toMatchObject([
    { status: "cancelled", branch: branchOf(task), error: null, changes: grown },
  ]);
  expect(await fingerprint(top)).toEqual(before);
  expect(await git(top, ["show", `${branchOf(task)}:made.txt`])).toBe("one\ntwo");
  expect(await git(top, ["show", `${branchOf(task)}:CLAUDE.md`])).toBe("Rules of the person.");
  expect(await git(top, ["worktree", "list"])).not.toContain("workdir");
});

test("INV-60 skills of a run beside a person's folder are in no commit, neither the agent's nor the last", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  await mkdir(path.join(top, ".claude/skills/review"), { recursive: true });
  await writeFile(path.join(top, ".claude/skills/review/SKILL.md"), "the person's own\n");
  const before = await fingerprint(top);
  const made = makeSkill("review");
  it.server.bundles.set(made.skill.hash, made.body);
  const directory = { path: top, mode: "worktree" } as const;
  const task = it.server.task("wait", { directory, skills: [made.skill] });
  it.server.queue.push(task);
  await until(() => it.server.recordsOf("progress").length > 0, "the agent at work");
  const work = workOf(person);
  const skills = path.join(work, ".claude/skills");
  expect((await readdir(skills)).toSorted()).toEqual(["review", "review-2"]);
  await writeFile(path.join(work, "made.txt"), "one\n");
  await git(work, ["add", "--all"]);
  const commit = ["commit", "--quiet", "--all", "--no-verify", "--no-gpg-sign"];
  await git(work, [...identity, ...commit, "-m", "the agent's"]);
  await writeFile(path.join(work, "made.txt"), "two\n");
  it.server.verdicts.set(task.taskId, "cancel");
  it.server.hint({ type: "cancel", taskId: task.taskId, lease: 1 });
  await until(() => it.server.recordsOf("cancel_ack").length === 1, "the acknowledgement");
  const commits = await git(top, ["log", "--format=", "--name-only", branchOf(task)]);
  expect(commits).toContain("made.txt");
  expect(commits).toContain(".claude/skills/review/SKILL.md");
  expect(commits).not.toContain("review-2");
  expect(await git(top, ["show", `${branchOf(task)}:made.txt`])).toBe("two");
  expect(await fingerprint(top)).toEqual(before);
});

test("a follow-up gets the same folder with the branch of the run before it", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  const directory = { path: top, mode: "worktree" } as const;
  const first = it.server.task("write", { directory });
  it.server.queue.push(first);
  await ended(person);
  const work = workOf(person);
  it.server.queue.push(
    it.server.task("finish", {
      directory,
      agent: first.agent,
      issue: first.issue,
      reuseWorkDirectory: work,
    }),
  );
  await ended(person, 2);
  expect(workOf(person)).toBe(work);
  expect(it.server.starts.at(-1)?.branch).toBe(branchOf(first));
  expect(it.server.recordsOf("terminal").at(-1)).toMatchObject({ branch: branchOf(first) });
  expect(await git(top, ["show", `${branchOf(first)}:made.txt`])).toBe("one\ntwo");
});

test("work that cannot be committed is kept, and the end says where", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  const task = it.server.task("wait", { directory: { path: top, mode: "worktree" } });
  it.server.queue.push(task);
  await until(() => it.server.recordsOf("progress").length > 0, "the agent at work");
  const work = workOf(person);
  await mkdir(path.join(work, "inner"));
  await git(path.join(work, "inner"), ["init", "--quiet"]);
  await writeFile(path.join(work, "made.txt"), "precious\n");
  it.server.verdicts.set(task.taskId, "cancel");
  it.server.hint({ type: "cancel", taskId: task.taskId, lease: 1 });
  await until(() => it.server.recordsOf("cancel_ack").length === 1, "the acknowledgement");
  const [terminal] = it.server.recordsOf("terminal");
  expect(terminal?.error).toMatch(/the work is kept in .*workdir\.$/);
  expect(await readFile(path.join(work, "made.txt"), "utf8")).toBe("precious\n");
});

test("INV-58 a run in place leaves the person's files as they were, but for what the agent did", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  await writeFile(path.join(top, "a.txt"), "staged\n");
  await git(top, ["add", "a.txt"]);
  const before = await fingerprint(top);
  const task = it.server.task("write", { directory: { path: top, mode: "in_place" } });
  it.server.queue.push(task);
  await ended(person);
  expect(it.server.starts).toMatchObject([{ workDirectory: top, branch: null }]);
  const after = await fingerprint(top);
  expect(after["file made.txt"]).toBeDefined();
  const unchanged = ["index", "refs", "stash", "config", "info/exclude", "HEAD", "file a.txt"];
  for (const name of unchanged) expect([name, after[name]]).toEqual([name, before[name]]);
  expect(await readFile(path.join(top, "CLAUDE.md"), "utf8")).toBe("Rules of the person.\n");
  expect(it.server.recordsOf("terminal")[0]?.changes).toEqual({
    linesAdded: 2,
    linesDeleted: 0,
    filesChanged: 1,
  });
});

test("two runs in one folder, by two names of it, follow each other, and the second says whom it waits for", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  const first = it.server.task("wait", { directory: { path: top, mode: "in_place" } });
  it.server.queue.push(first);
  await until(() => it.server.recordsOf("progress").length > 0, "the first at work");
  const otherName = `${path.dirname(top)}/./${path.basename(top)}/`;
  const second = it.server.task("finish", { directory: { path: otherName, mode: "in_place" } });
  it.server.queue.push(second);
  await until(() => it.server.waits.length > 0, "the second waiting");
  expect(it.server.waits).toMatchObject([
    { taskId: second.taskId, directory: top, holder: "Ada Agent on ACM-1" },
  ]);
  expect(it.daemon.status().tasks.map(({ step }) => step)).toContain("waiting_directory");
  it.server.verdicts.set(first.taskId, "cancel");
  it.server.hint({ type: "cancel", taskId: first.taskId, lease: 1 });
  await ended(person, 2);
  expect(it.server.recordsOf("terminal").map(({ status }) => status)).toEqual([
    "cancelled",
    "completed",
  ]);
});

test("folders that no task may run in fail it with a sentence, and are not touched", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  const refused = [
    [path.join(top, "missing"), /There is no directory/],
    [it.config.workRoot, /holds files of Headcount itself/],
    ["/etc", /belongs to the operating system/],
    [path.join(top, "a.txt"), /is not a directory/],
  ] as const;
  for (const [folder, sentence] of refused) {
    it.server.queue.push(
      it.server.task("write", { directory: { path: folder, mode: "in_place" } }),
    );
    const count = it.server.recordsOf("terminal").length + 1;
    await ended(person, count);
    expect(it.server.recordsOf("terminal").at(-1)).toMatchObject({
      status: "failed",
      failureReason: "directory_error",
    });
    expect(it.server.recordsOf("terminal").at(-1)?.error).toMatch(sentence);
  }
  expect(it.server.starts).toEqual([]);
});

const runDaemon = fileURLToPath(new URL("../testing/run-daemon.fixture.ts", import.meta.url));

test("INV-105 after kill -9 the next daemon commits what the agent had done and clears the person's folder", async () => {
  await using person = await withPerson();
  const { it, top } = person;
  await it.daemon.stop("another one takes over", 0);
  const configFile = path.join(it.folder, "config-of-child.json");
  await writeFile(configFile, JSON.stringify(it.config));
  const before = await fingerprint(top);
  const victim = spawn(process.execPath, [runDaemon, configFile], { stdio: "ignore" });
  const beside = it.server.task("wait", { directory: { path: top, mode: "worktree" } });
  const inPlace = it.server.task("wait", { directory: { path: top, mode: "in_place" } });
  it.server.queue.push(beside, inPlace);
  await until(() => it.server.recordsOf("progress").length === 2, "both at work");
  const work = it.server.starts.find(({ taskId }) => taskId === beside.taskId)?.workDirectory ?? "";
  await writeFile(path.join(work, "made.txt"), "made\n");
  expect(await readFile(path.join(top, "CLAUDE.md"), "utf8")).toContain("You are Ada.");
  const gone = once(victim, "exit");
  victim.kill("SIGKILL");
  await gone;
  expect(await git(top, ["worktree", "list"])).toContain("workdir");
  it.daemon = await startDaemon(it.config, () => {});
  expect(await readdir(it.paths.journal)).toEqual([]);
  expect(await git(top, ["show", `${branchOf(beside)}:made.txt`])).toBe("made");
  expect(await git(top, ["show", `${branchOf(beside)}:CLAUDE.md`])).toBe("Rules of the person.");
  expect(await git(top, ["worktree", "list"])).not.toContain("workdir");
  // The person's file has been written to and taken back.
  const withoutTimes = (facts: Record<string, string>): Record<string, string> => ({
    ...facts,
    "file CLAUDE.md": facts["file CLAUDE.md"]?.replace(/ [\d.]+ /, " ") ?? "",
  });
  expect(withoutTimes(await fingerprint(top))).toEqual(withoutTimes(before));
  await ended(person, 2);
  expect(it.server.recordsOf("terminal")).toMatchObject([
    { status: "failed", failureReason: "runtime_recovery" },
    { status: "failed", failureReason: "runtime_recovery" },
  ]);
  // The lock on the folder has ended with its holder: the next task gets it.
  it.server.queue.push(it.server.task("finish", { directory: { path: top, mode: "in_place" } }));
  await ended(person, 3);
  expect(it.server.recordsOf("terminal").at(-1)).toMatchObject({ status: "completed" });
});
