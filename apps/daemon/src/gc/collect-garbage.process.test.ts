import { mkdir, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeClient } from "@headcount/client/make-client";
import { ScriptedServer } from "@headcount/client/scripted-server.fixture";
import { newId, type TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import { acquireDirectoryLock } from "@headcount/embedded-postgres/directory-lock";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { makeWorktree } from "../local-directory/make-worktree.ts";
import { fingerprint, makePersonRepository } from "../local-directory/person.fixture.ts";
import { Outbox } from "../outbox/outbox.ts";
import { terminal } from "../outbox/outbox.fixture.ts";
import { DirectoryLocks } from "../runs/directory-locks.ts";
import { git } from "../runs/git.ts";
import { NamedMutex } from "../runs/mutex.ts";
import { RepositoryCache } from "../runs/repository-cache.ts";
import { metaFileOf, ownerFileOf, shortTaskId, writeMeta } from "../runs/run-directories.ts";
import { isThere } from "../state/is-there.ts";
import { temporaryLockOf } from "../state/temporary-lock.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { findGarbage } from "./find-garbage.ts";
import { dayMs, type GarbageOptions, hourMs } from "./garbage.ts";
import { measureGarbage } from "./measure-garbage.ts";

const workspaceId = newId<WorkspaceId>();
const nowMs = Date.now();

type State = "keep" | "collect" | "unknown";
type Machine = AsyncDisposable & {
  readonly folder: string;
  readonly options: GarbageOptions;
  readonly outbox: Outbox;
  readonly locks: DirectoryLocks;
  readonly states: Map<string, State>;
  readonly inUse: string[];
  root(taskId: TaskId): Promise<string>;
  /** Writes down that a run has ended, so many milliseconds ago. */
  finish(taskId: TaskId, agoMs: number, state?: State): Promise<string>;
  left(): Promise<readonly string[]>;
};

async function makeMachine(): Promise<Machine> {
  const stack = new AsyncDisposableStack();
  const directory = stack.use(await temporaryDirectory());
  const server = stack.use(await ScriptedServer.start());
  const folder = directory.path;
  const workRoot = path.join(folder, "work");
  const outbox = await Outbox.open(path.join(folder, "outbox"), { maxBytes: 2 ** 30, batchMs: 1 });
  stack.defer(() => outbox.release());
  const locks = new DirectoryLocks();
  const states = new Map<string, State>();
  const inUse: string[] = [];
  server.answer = ({ body }) => {
    const { items } = body as { items: { taskId: string }[] };
    const answers = items.map(({ taskId }) => ({ taskId, state: states.get(taskId) ?? "unknown" }));
    return { body: { items: answers } };
  };
  const root = async (taskId: TaskId): Promise<string> => {
    const place = path.join(workRoot, workspaceId, shortTaskId(taskId));
    await mkdir(path.join(place, "workdir"), { recursive: true });
    await writeFile(path.join(place, "workdir", "file"), "work");
    return place;
  };
  return {
    folder,
    outbox,
    locks,
    states,
    inUse,
    root,
    async finish(taskId, agoMs, state = "collect") {
      const place = await root(taskId);
      states.set(taskId, state);
      await writeMeta(place, {
        workspaceId,
        agentId: newId(),
        issueId: newId(),
        taskId,
        lastTaskId: taskId,
        cli: "claude",
        branch: null,
        repositories: [],
        directory: null,
        endedAt: new Date(nowMs - agoMs).toISOString(),
      });
      return place;
    },
    left: async () => (await readdir(path.join(workRoot, workspaceId))).toSorted(),
    options: {
      workRoot,
      temporary: path.join(folder, "hc-000000000000"),
      client: makeClient({ baseUrl: server.baseUrl, clientName: "daemon" }),
      outbox,
      locks,
      repositories: new RepositoryCache(path.join(folder, "cache")),
      worktrees: new NamedMutex(),
      temporaryInUse: () => inUse,
      nowMs: () => nowMs,
      log: () => {},
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function setAge(folder: string, agoMs: number): Promise<void> {
  const at = new Date(nowMs - agoMs);
  for (const name of await readdir(folder)) await utimes(path.join(folder, name), at, at);
  await utimes(folder, at, at);
}

test("INV-54 a work directory goes when its issue is closed, or three days after nobody knows it any more", async () => {
  await using it = await makeMachine();
  const id = (): TaskId => newId<TaskId>();
  const stay: string[] = [];
  const closed = await it.finish(id(), 25 * hourMs);
  stay.push(await it.finish(id(), 400 * dayMs, "keep"));
  stay.push(await it.finish(id(), 71 * hourMs, "unknown"));
  const unknown = await it.finish(id(), 73 * hourMs, "unknown");
  const unfinished = await it.root(id());
  await setAge(unfinished, 71 * hourMs);
  stay.push(unfinished);
  const abandoned = await it.root(id());
  await setAge(abandoned, 73 * hourMs);
  const locked = await it.finish(id(), 400 * dayMs);
  it.locks.tryTake(locked, "a run");
  const undelivered = id();
  stay.push(locked, await it.finish(undelivered, 400 * dayMs));
  const journal = await it.outbox.journal({ workspaceId, taskId: undelivered, lease: 1 });
  await journal.append(terminal());
  const empty = await it.finish(id(), 400 * dayMs);
  await writeFile(metaFileOf(empty), JSON.stringify({ workspaceId, taskId: "", agentId: "" }));
  const damaged = await it.root(id());
  await writeFile(ownerFileOf(damaged), "{");
  for (const place of [empty, damaged]) await setAge(place, 400 * dayMs);
  stay.push(empty, damaged);
  const foreign = path.join(it.options.workRoot, workspaceId, "somebody else's");
  await mkdir(foreign);
  await setAge(foreign, 400 * dayMs);
  stay.push(foreign);

  const found = await findGarbage(it.options);
  expect(found.map((garbage) => garbage.path).toSorted()).toEqual(
    [closed, unknown, abandoned].toSorted(),
  );
  // What comes into use between looking and removing stays.
  it.locks.tryTake(closed, "a run that has just begun");
  expect(await collectGarbage(it.options)).toBe(2);
  it.locks.release(closed);
  const [first] = found.filter((garbage) => garbage.path === closed);
  await it.finish(id(), 0);
  expect(await first?.remove()).toBe(true);
  expect(await it.left()).toEqual(
    expect.arrayContaining(stay.map((place) => path.basename(place))),
  );
  expect(await isThere(closed)).toBe(false);
});

test("INV-54 when the server does not answer nothing is removed", async () => {
  await using it = await makeMachine();
  await it.finish(newId<TaskId>(), 400 * dayMs);
  const client = makeClient({ baseUrl: "http://127.0.0.1:9", clientName: "daemon" });
  await expect(collectGarbage({ ...it.options, client })).rejects.toThrow(/./);
  expect(await it.left()).toHaveLength(1);
});

test("build artefacts go after 12 hours, but never tracked ones, nor any in a person's folder", async () => {
  await using it = await makeMachine();
  const old = await it.finish(newId<TaskId>(), 13 * hourMs, "keep");
  const fresh = await it.finish(newId<TaskId>(), 11 * hourMs, "keep");
  const person = path.join(it.folder, "person");
  for (const folder of [path.join(old, "workdir"), path.join(fresh, "workdir"), person]) {
    for (const name of ["node_modules/a", "web/.next", "web/.turbo", "tracked/node_modules"]) {
      await mkdir(path.join(folder, name), { recursive: true });
      await writeFile(path.join(folder, name, "big"), "x".repeat(1_000));
    }
  }
  const work = path.join(old, "workdir");
  await git(work, ["init", "--quiet"]);
  await git(work, ["add", "--force", "tracked"]);
  await symlink(person, path.join(work, "link"));
  const items = await measureGarbage(it.options);
  expect(
    items.map(({ kind, bytes, files, path: place }) => [
      path.relative(work, place),
      kind,
      bytes,
      files,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ["node_modules", "build_artefacts", 1_000, 1],
      ["web/.next", "build_artefacts", 1_000, 1],
      ["web/.turbo", "build_artefacts", 1_000, 1],
    ]),
  );
  expect(items).toHaveLength(3);
  expect(await collectGarbage(it.options)).toBe(3);
  expect((await readdir(work)).toSorted()).toEqual([".git", "file", "link", "tracked", "web"]);
  expect(await readdir(path.join(fresh, "workdir"))).toContain("node_modules");
  expect(await readdir(person)).toContain("node_modules");
});

test("CLI sessions go after 14 days, repositories after 30 without a folder that shares them", async () => {
  await using it = await makeMachine();
  const old = await it.finish(newId<TaskId>(), 15 * dayMs, "keep");
  const recent = await it.finish(newId<TaskId>(), 13 * dayMs, "keep");
  for (const root of [old, recent]) {
    await mkdir(path.join(root, "home", "sessions"), { recursive: true });
  }
  const origin = path.join(it.folder, "origin");
  await makePersonRepository(origin);
  const { repositories } = it.options;
  const branch = "agent/ada/1";
  const add = async (name: string): Promise<string> => {
    const url = `${origin}/../${name}/../origin`;
    await mkdir(path.join(it.folder, name));
    const directory = path.join(it.folder, name, "workdir");
    await repositories.addWorktree({ workspaceId, url, ref: null, branch, directory });
    return repositories.cachePath(workspaceId, url);
  };
  const live = await add("live");
  const unused = await add("gone");
  await setAge(live, 31 * dayMs);
  await repositories.removeWorktree(
    workspaceId,
    `${origin}/../gone/../origin`,
    path.join(it.folder, "gone", "workdir"),
  );
  await setAge(unused, 29 * dayMs);
  expect((await findGarbage(it.options)).map((garbage) => garbage.path)).toEqual([
    path.join(old, "home"),
  ]);
  await setAge(unused, 31 * dayMs);
  expect(await collectGarbage(it.options)).toBe(2);
  expect(await isThere(path.join(recent, "home"))).toBe(true);
  expect(await isThere(path.join(old, "home"))).toBe(false);
  expect([await isThere(live), await isThere(unused)]).toEqual([true, false]);
});

test("temporary folders go with their run, and those of other daemons when these are dead", async () => {
  await using it = await makeMachine();
  const { temporary } = it.options;
  for (const name of ["active-1", "ended-1"])
    await mkdir(path.join(temporary, name), { recursive: true });
  it.inUse.push("active-1");
  const bases = ["hc-00000000000a", "hc-00000000000b", "hc-00000000000c"] as const;
  const [living, dead, silent] = bases.map((name) => path.join(it.folder, name));
  for (const name of bases) await mkdir(path.join(it.folder, name, "task-1"), { recursive: true });
  const own = await acquireDirectoryLock(temporaryLockOf(temporary), { role: "test" });
  const other = await acquireDirectoryLock(temporaryLockOf(living ?? ""), { role: "test" });
  (await acquireDirectoryLock(temporaryLockOf(dead ?? ""), { role: "test" })).release();
  for (const name of bases) await setAge(path.join(it.folder, name), 2 * hourMs);
  const justDead = path.join(it.folder, "hc-00000000000d");
  (await acquireDirectoryLock(temporaryLockOf(justDead), { role: "test" })).release();
  const empty = path.join(it.folder, "hc-00000000000e");
  const justMade = path.join(it.folder, "hc-00000000000f");
  for (const base of [empty, justMade]) await mkdir(base);
  await setAge(empty, 2 * hourMs);
  expect(await collectGarbage(it.options)).toBe(3);
  expect(await isThere(empty)).toBe(false);
  expect(await Promise.all([justDead, justMade].map((base) => isThere(base)))).toEqual([
    true,
    true,
  ]);
  expect((await readdir(temporary)).toSorted()).toEqual([".lock", "active-1"]);
  expect(await Promise.all([living, dead, silent].map((base) => isThere(base ?? "")))).toEqual([
    true,
    false,
    true,
  ]);
  own.release();
  other.release();
});

test("INV-54 work that waits in a worktree of a person's repository goes onto its branch before its folder goes", async () => {
  await using it = await makeMachine();
  const top = path.join(it.folder, "person");
  await makePersonRepository(top);
  const before = await fingerprint(top);
  const make = async (name: string): Promise<string> => {
    const root = await it.finish(newId<TaskId>(), 25 * hourMs);
    const directory = path.join(root, "workdir");
    await rm(directory, { recursive: true });
    await makeWorktree({ root, source: top, directory, branch: `agent/ada/${name}` });
    await writeFile(path.join(directory, "waiting.txt"), "precious\n");
    return root;
  };
  const whole = await make("whole");
  const stuck = await make("stuck");
  await mkdir(path.join(stuck, "workdir", "inner"));
  await git(path.join(stuck, "workdir", "inner"), ["init", "--quiet"]);
  expect(await collectGarbage(it.options)).toBe(1);
  expect([await isThere(whole), await isThere(path.join(stuck, "workdir", "waiting.txt"))]).toEqual(
    [false, true],
  );
  expect(await git(top, ["show", "agent/ada/whole:waiting.txt"])).toBe("precious");
  expect(await fingerprint(top)).toEqual(before);
});
