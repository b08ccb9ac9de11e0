import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeClient } from "@headcount/client/make-client";
import { ScriptedServer } from "@headcount/client/scripted-server.fixture";
import { newId, type TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test, vi } from "vitest";
import { Outbox } from "../outbox/outbox.ts";
import { terminal } from "../outbox/outbox.fixture.ts";
import { DirectoryLocks } from "../runs/directory-locks.ts";
import { RepositoryCache } from "../runs/repository-cache.ts";
import { shortTaskId, writeMeta } from "../runs/run-directories.ts";
import { collectDirectories } from "./collect-directories.ts";

// Processes and disks are slow on a busy machine; nothing here measures time.
vi.setConfig({ testTimeout: 60_000 });

const workspaceId = newId<WorkspaceId>();

async function makeRoot(workRoot: string, taskId: TaskId): Promise<string> {
  const root = path.join(workRoot, workspaceId, shortTaskId(taskId));
  await mkdir(path.join(root, "workdir"), { recursive: true });
  await writeFile(path.join(root, "workdir", "file"), "work");
  return root;
}

async function finish(root: string, taskId: TaskId, endedAt: string): Promise<void> {
  await writeMeta(root, {
    workspaceId,
    agentId: newId(),
    issueId: newId(),
    taskId,
    lastTaskId: taskId,
    cli: "claude",
    branch: null,
    repositories: [],
    directory: null,
    endedAt,
  });
}

test("INV-54 only finished, free and delivered directories that the server gives up are removed", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const workRoot = path.join(directory.path, "work");
  const outbox = await Outbox.open(path.join(directory.path, "outbox"), {
    maxBytes: 2 ** 30,
    batchMs: 1,
  });
  const locks = new DirectoryLocks();
  const names = [
    "collectable",
    "kept",
    "unknown",
    "long-unknown",
    "locked",
    "undelivered",
    "unfinished",
  ] as const;
  const removable: readonly string[] = ["collectable", "long-unknown"];
  const ids = new Map(names.map((name) => [name, newId<TaskId>()]));
  const idOf = (name: (typeof names)[number]): TaskId => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(name);
    return id;
  };
  for (const name of names) {
    const root = await makeRoot(workRoot, idOf(name));
    const endedAt = name === "long-unknown" ? "2020-01-01T00:00:00.000Z" : new Date().toISOString();
    if (name !== "unfinished") await finish(root, idOf(name), endedAt);
    if (name === "locked") locks.tryTake(root, "a run");
  }
  const journal = await outbox.journal({ workspaceId, taskId: idOf("undelivered"), lease: 1 });
  await journal.append(terminal());
  await mkdir(path.join(workRoot, "somebody", "else"), { recursive: true });

  server.answer = ({ body }) => {
    const { items } = body as { items: { taskId: string }[] };
    const stateOf = (taskId: string): string => {
      if (taskId === idOf("kept")) return "keep";
      const unknown: string[] = [idOf("unknown"), idOf("long-unknown")];
      return unknown.includes(taskId) ? "unknown" : "collect";
    };
    return { body: { items: items.map(({ taskId }) => ({ taskId, state: stateOf(taskId) })) } };
  };
  const removed = await collectDirectories({
    workRoot,
    client: makeClient({ baseUrl: server.baseUrl, clientName: "daemon" }),
    outbox,
    locks,
    repositories: new RepositoryCache(path.join(directory.path, "cache")),
    log: () => {},
  });
  expect(removed).toBe(2);
  const left = await readdir(path.join(workRoot, workspaceId));
  const expected = names
    .filter((name) => !removable.includes(name))
    .map((name) => shortTaskId(idOf(name)));
  expect(left.toSorted()).toEqual(expected.toSorted());
  expect(await readdir(path.join(workRoot, "somebody"))).toEqual(["else"]);
  await outbox.release();
});
