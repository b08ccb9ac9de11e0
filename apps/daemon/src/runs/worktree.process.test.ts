import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { installBrief } from "./context-file.ts";
import { git, GitError } from "./git.ts";
import { RepositoryCache } from "./repository-cache.ts";

const identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];

async function makeRepository(folder: string, files: Record<string, string>): Promise<string> {
  await git(path.dirname(folder), ["init", "--quiet", "-b", "main", folder]);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
  }
  if (Object.keys(files).length === 0) return folder;
  await git(folder, ["add", "."]);
  await git(folder, [...identity, "commit", "--quiet", "-m", "first"]);
  return folder;
}

test("checkouts of one repository share a cache and keep commits on branches of their own", async () => {
  await using directory = await temporaryDirectory();
  const url = await makeRepository(path.join(directory.path, "origin"), { "a.txt": "one\n" });
  const cache = new RepositoryCache(path.join(directory.path, "cache"));
  const folders = ["one", "two", "three"].map((name) => path.join(directory.path, name));
  const base = { workspaceId: "w1", url, ref: null };
  await Promise.all(
    folders.map((folder, index) =>
      cache.addWorktree({ ...base, branch: `agent/ada/t${index}`, directory: folder }),
    ),
  );
  for (const [index, folder] of folders.entries()) {
    expect(await readFile(path.join(folder, "a.txt"), "utf8")).toBe("one\n");
    expect(await git(folder, ["symbolic-ref", "--short", "HEAD"])).toBe(`agent/ada/t${index}`);
    await writeFile(path.join(folder, "a.txt"), `changed ${index}\n`);
    await git(folder, [...identity, "commit", "--quiet", "-a", "-m", "work"]);
  }
  const [first = ""] = folders;
  await cache.removeWorktree("w1", url, first);
  const cached = cache.cachePath("w1", url);
  expect(await git(cached, ["show", "agent/ada/t0:a.txt"])).toBe("changed 0");
  expect(await git(url, ["branch", "--list"])).toBe("* main");
  await cache.addWorktree({ ...base, branch: "agent/ada/t0", directory: first });
  expect(await readFile(path.join(first, "a.txt"), "utf8")).toBe("changed 0\n");
});

test("a ref may be a branch, a tag or a commit; a later checkout sees what was pushed since", async () => {
  await using directory = await temporaryDirectory();
  const url = await makeRepository(path.join(directory.path, "origin"), { "a.txt": "one\n" });
  await git(url, ["tag", "v1"]);
  const commit = await git(url, ["rev-parse", "HEAD"]);
  const cache = new RepositoryCache(path.join(directory.path, "cache"));
  const checkOut = async (ref: string | null, name: string): Promise<string> => {
    const folder = path.join(directory.path, name);
    const branch = `agent/ada/${name}`;
    await cache.addWorktree({ workspaceId: "w1", url, ref, branch, directory: folder });
    return readFile(path.join(folder, "a.txt"), "utf8");
  };
  expect(await checkOut("v1", "tag")).toBe("one\n");
  await writeFile(path.join(url, "a.txt"), "two\n");
  await git(url, [...identity, "commit", "--quiet", "-a", "-m", "second"]);
  expect(await checkOut(null, "newest")).toBe("two\n");
  expect(await checkOut("main", "branch")).toBe("two\n");
  expect(await checkOut(commit, "commit")).toBe("one\n");
  await expect(checkOut("no-such-ref", "missing")).rejects.toBeInstanceOf(GitError);
});

test("a repository without commits can be worked in", async () => {
  await using directory = await temporaryDirectory();
  const url = await makeRepository(path.join(directory.path, "origin"), {});
  const cache = new RepositoryCache(path.join(directory.path, "cache"));
  const folder = path.join(directory.path, "work");
  await cache.addWorktree({
    workspaceId: "w1",
    url,
    ref: null,
    branch: "agent/a/t",
    directory: folder,
  });
  await writeFile(path.join(folder, "a.txt"), "first\n");
  await git(folder, ["add", "."]);
  await git(folder, [...identity, "commit", "--quiet", "-m", "first"]);
  expect(await git(folder, ["rev-list", "--count", "agent/a/t"])).toBe("1");
});

test("INV-58 the brief never gets into commits, tracked file or not, and is gone afterwards", async () => {
  await using directory = await temporaryDirectory();
  for (const tracked of [{ "CLAUDE.md": "# House rules" }, { "README.md": "hello\n" }]) {
    const name = Object.keys(tracked)[0] ?? "";
    const url = await makeRepository(path.join(directory.path, name), tracked);
    const cache = new RepositoryCache(path.join(directory.path, "cache"));
    const folder = path.join(directory.path, `work-${name}`);
    await cache.addWorktree({
      workspaceId: "w1",
      url,
      ref: null,
      branch: "agent/a/t",
      directory: folder,
    });
    const brief = await installBrief({
      directory: folder,
      name: "CLAUDE.md",
      brief: "Be brief. ✓",
      kind: "checkout",
    });
    expect(await readFile(path.join(folder, "CLAUDE.md"), "utf8")).toContain("Be brief. ✓");
    await writeFile(path.join(folder, "new.txt"), "made by the agent\n");
    await git(folder, ["add", "--all"]);
    await git(folder, [...identity, "commit", "--quiet", "-a", "-m", "work"]);
    const changed = await git(folder, ["show", "--name-only", "--format=", "HEAD"]);
    expect(changed).toBe("new.txt");
    await brief.restore();
    expect(await git(folder, ["status", "--porcelain"])).toBe("");
    const left = await readFile(path.join(folder, "CLAUDE.md"), "utf8").catch(() => null);
    expect(left).toBe(name === "CLAUDE.md" ? "# House rules" : null);
  }
});
