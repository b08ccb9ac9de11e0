import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { ScriptedHeadcount } from "../testing/scripted-headcount.fixture.ts";
import { branchOf, checkOutRepositories } from "./check-out-repositories.ts";
import { git } from "./git.ts";
import { LockBusy } from "./mutex.ts";
import { RepositoryCache } from "./repository-cache.ts";
import { directoriesAt } from "./run-directories.ts";

const identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];
const never = new AbortController().signal;

async function makeOrigin(folder: string): Promise<string> {
  await git(path.dirname(folder), ["init", "--quiet", "-b", "main", folder]);
  await writeFile(path.join(folder, "a.txt"), "one\n");
  await git(folder, ["add", "."]);
  await git(folder, [...identity, "commit", "--quiet", "-m", "first"]);
  return folder;
}

test("an agent that can write in its folder only has its git data there, and its commits outlive it", async () => {
  await using server = await ScriptedHeadcount.start();
  await using directory = await temporaryDirectory();
  const url = await makeOrigin(path.join(directory.path, "origin"));
  const repositories = new RepositoryCache(path.join(directory.path, "cache"));
  const task = server.task("finish", { repositories: [{ url, ref: null }] });
  const directories = directoriesAt(path.join(directory.path, "root"));
  const place = { repositories, task, directories, gitData: "own", signal: never } as const;
  await mkdir(directories.root);
  // What a daemon that was killed while it cloned has left behind.
  await mkdir(`${directories.work}.part`);
  expect(await checkOutRepositories(place)).toBe(branchOf(task));
  const inside = await git(directories.work, [
    "rev-parse",
    "--path-format=absolute",
    "--git-common-dir",
  ]);
  expect(inside).toBe(path.join(directories.work, ".git"));
  await git(directories.work, ["cat-file", "-e", "main:a.txt"]).catch(() =>
    git(directories.work, ["cat-file", "-e", "origin/main:a.txt"]),
  );
  await writeFile(path.join(directories.work, "a.txt"), "two\n");
  await git(directories.work, [...identity, "commit", "--quiet", "-a", "-m", "work"]);
  // A follow-up finds it as it was left.
  expect(await checkOutRepositories(place)).toBe(branchOf(task));

  await repositories.keepCommits(task.workspaceId, url, directories.work);
  await rm(directories.root, { recursive: true });
  await mkdir(directories.root);
  expect(await checkOutRepositories(place)).toBe(branchOf(task));
  expect(await readFile(path.join(directories.work, "a.txt"), "utf8")).toBe("two\n");
  expect((await stat(path.join(directories.work, ".git"))).isDirectory()).toBe(true);
});

test("a repository without commits can be cloned for such an agent, and a ref be asked for", async () => {
  await using directory = await temporaryDirectory();
  const cache = new RepositoryCache(path.join(directory.path, "cache"));
  const empty = path.join(directory.path, "empty");
  await git(directory.path, ["init", "--quiet", "-b", "main", empty]);
  const request = { workspaceId: "w", branch: "agent/a/t", gitData: "own" } as const;
  const folder = path.join(directory.path, "one");
  await cache.addWorktree({ ...request, url: empty, ref: null, directory: folder });
  expect(await git(folder, ["symbolic-ref", "HEAD"])).toBe("refs/heads/agent/a/t");

  const url = await makeOrigin(path.join(directory.path, "origin"));
  await git(url, ["tag", "v1"]);
  await writeFile(path.join(url, "a.txt"), "two\n");
  await git(url, [...identity, "commit", "--quiet", "-a", "-m", "second"]);
  const tagged = path.join(directory.path, "two");
  await cache.addWorktree({ ...request, url, ref: "v1", directory: tagged });
  expect(await readFile(path.join(tagged, "a.txt"), "utf8")).toBe("one\n");
});

test("a checkout that would wait too long is refused, and one that waits goes before upkeep", async () => {
  await using directory = await temporaryDirectory();
  const url = await makeOrigin(path.join(directory.path, "origin"));
  const cache = new RepositoryCache(path.join(directory.path, "cache"));
  const order: string[] = [];
  const add = (name: string, waitMs?: number): Promise<void> => {
    const request = { workspaceId: "w", url, ref: null, branch: `agent/a/${name}` };
    const wait = waitMs === undefined ? {} : { waitMs };
    const added = cache.addWorktree(
      { ...request, directory: path.join(directory.path, name) },
      wait,
    );
    return added.then(() => void order.push(name));
  };
  const first = add("first");
  const refused = add("refused", 0);
  const upkeep = cache
    .removeWorktree("w", url, path.join(directory.path, "gone"))
    .then(() => order.push("upkeep"));
  const second = add("second");
  await expect(refused).rejects.toBeInstanceOf(LockBusy);
  await Promise.all([first, upkeep, second]);
  expect(order).toEqual(["first", "second", "upkeep"]);
});
