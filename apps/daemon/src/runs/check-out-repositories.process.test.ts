import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { ScriptedHeadcount } from "../testing/scripted-headcount.fixture.ts";
import { branchOf, checkOutRepositories } from "./check-out-repositories.ts";
import { git } from "./git.ts";
import { RepositoryCache } from "./repository-cache.ts";
import { directoriesAt, type RunDirectories } from "./run-directories.ts";

const identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];
const never = new AbortController().signal;

async function makeOrigin(folder: string): Promise<string> {
  await git(path.dirname(folder), ["init", "--quiet", "-b", "main", folder]);
  await writeFile(path.join(folder, "name.txt"), path.basename(folder));
  await git(folder, ["add", "."]);
  await git(folder, [...identity, "commit", "--quiet", "-m", "first"]);
  return folder;
}

async function makePlace(folder: string): Promise<{
  readonly cache: RepositoryCache;
  readonly directories: RunDirectories;
}> {
  const directories = directoriesAt(path.join(folder, "root"));
  await mkdir(directories.work, { recursive: true });
  return { cache: new RepositoryCache(path.join(folder, "cache")), directories };
}

test("one repository is the work directory, several are folders in it, none is a plain folder", async () => {
  await using server = await ScriptedHeadcount.start();
  const counts = [0, 1, 2] as const;
  const found: string[][] = [];
  for (const count of counts) {
    await using directory = await temporaryDirectory();
    const { cache, directories } = await makePlace(directory.path);
    const names = ["alpha", "beta"].slice(0, count);
    const repositories: { url: string; ref: null }[] = [];
    for (const name of names) {
      repositories.push({ url: await makeOrigin(path.join(directory.path, name)), ref: null });
    }
    const task = server.task("finish", { repositories });
    const branch = await checkOutRepositories({
      repositories: cache,
      task,
      directories,
      signal: never,
    });
    expect(branch).toBe(count === 0 ? null : branchOf(task));
    found.push((await readdir(directories.work)).toSorted());
  }
  expect(found).toEqual([[], [".git", "name.txt"], ["alpha", "beta"]]);
});

test("a follow-up finds the files and the branch of the run before it", async () => {
  await using server = await ScriptedHeadcount.start();
  await using directory = await temporaryDirectory();
  const { cache, directories } = await makePlace(directory.path);
  const repositories = [{ url: await makeOrigin(path.join(directory.path, "alpha")), ref: null }];
  const first = server.task("finish", { repositories });
  await checkOutRepositories({ repositories: cache, task: first, directories, signal: never });
  await writeFile(path.join(directories.work, "draft.txt"), "not committed");
  const next = server.task("finish", { repositories });
  expect(
    await checkOutRepositories({ repositories: cache, task: next, directories, signal: never }),
  ).toBe(branchOf(first));
  expect(await readFile(path.join(directories.work, "draft.txt"), "utf8")).toBe("not committed");
});

test("a half-made checkout is made again; files of an agent are never removed", async () => {
  await using server = await ScriptedHeadcount.start();
  await using directory = await temporaryDirectory();
  const { cache, directories } = await makePlace(directory.path);
  const alpha = await makeOrigin(path.join(directory.path, "alpha"));
  const beta = await makeOrigin(path.join(directory.path, "beta"));
  await writeFile(path.join(directories.work, ".git"), "gitdir: /nowhere\n");
  await writeFile(path.join(directories.work, "half.txt"), "");
  const onAlpha = server.task("finish", { repositories: [{ url: alpha, ref: null }] });
  await checkOutRepositories({ repositories: cache, task: onAlpha, directories, signal: never });
  expect((await readdir(directories.work)).toSorted()).toEqual([".git", "name.txt"]);

  const onBeta = server.task("finish", { repositories: [{ url: beta, ref: null }] });
  await checkOutRepositories({ repositories: cache, task: onBeta, directories, signal: never });
  expect(await readFile(path.join(directories.work, "name.txt"), "utf8")).toBe("alpha");
  expect(await readFile(path.join(directories.work, "beta", "name.txt"), "utf8")).toBe("beta");
});
