import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { git } from "../runs/git.ts";
import { isThere } from "../state/is-there.ts";
import { finishWorktree } from "./finish-worktree.ts";
import { makeWorktree } from "./make-worktree.ts";
import { commitAll, fingerprint, makePersonRepository } from "./person.fixture.ts";
import {
  branch,
  filesOf,
  makeEverythingNasty,
  place,
  read,
  write,
} from "./worktree-place.fixture.ts";

test("a worktree takes over what is staged, changed, renamed, deleted and new, and leaves the person's alone", async () => {
  await using it = await place();
  const { top, work } = it;
  await makeEverythingNasty(top);
  const before = await fingerprint(top);
  expect(await it.make()).toEqual({ branch, leftOut: [] });
  expect(await fingerprint(top)).toEqual(before);
  expect(await read(work, "a.txt")).toBe("one\nstaged\nthree\nunstaged\n");
  expect(await git(work, ["show", ":a.txt"])).toBe("one\nstaged\nthree");
  expect(await isThere(path.join(work, "ignored"))).toBe(false);
  expect(await isThere(path.join(work, "debug.log"))).toBe(false);
  expect(await git(work, ["symbolic-ref", "--short", "HEAD"])).toBe(branch);
  const shown = await git(work, ["status", "--porcelain", "--no-renames", "-z"]);
  expect(
    shown
      .split("\0")
      .filter((line) => line !== "")
      .toSorted(),
  ).toEqual(
    (await it.person("status", "--porcelain", "--no-renames", "-z", "-uall"))
      .split("\0")
      // What is only meant to be added is untracked in the copy.
      .map((line) => line.replace(/^ ?A planned/, "?? planned"))
      .map((line) => line.replace("deep/er/new.txt", "deep/"))
      .filter((line) => line !== "")
      .toSorted(),
  );

  await write(work, "made by agent.txt", "work\n");
  await rm(path.join(work, "run.sh"));
  expect(await it.finish()).toEqual({ branch, kept: null });
  expect(await isThere(work)).toBe(false);
  expect(await fingerprint(top)).toEqual(before);
  const files = await filesOf(top, branch);
  expect(files).toEqual({
    ".gitignore": "100644 ignored/\n*.log",
    "a.txt": "100644 one\nstaged\nthree\nunstaged",
    "renamed b.txt": "100644 b",
    " leading and trailing ": "100644 spaces",
    "新しい\tファイル\n2.txt": "100644 unicode",
    "deep/er/new.txt": "100644 new",
    dangling: "120000 /nowhere/at all",
    link: "120000 a.txt",
    "made by agent.txt": "100644 work",
    "planned.txt": "100644 later",
  });
  const carried = await filesOf(top, `${branch}~1`);
  expect(carried["run.sh"]).toBe("100755 #!/bin/sh");
  expect(carried["made by agent.txt"]).toBeUndefined();
  expect(await it.person("rev-parse", `${branch}~2`)).toBe(await it.person("rev-parse", "main"));
  expect(await it.person("log", "-1", "--format=%an|%s", branch)).toBe("Ada  A|ACM-1 Say hello");
});

test("a run that changes nothing leaves no branch, whatever it was given", async () => {
  await using it = await place();
  await makeEverythingNasty(it.top);
  const before = await fingerprint(it.top);
  await it.make();
  expect(await it.finish()).toEqual({ branch: null, kept: null });
  expect(await it.person("for-each-ref", "refs/heads/agent")).toBe("");
  expect(await fingerprint(it.top)).toEqual(before);
  expect(await it.finish()).toEqual({ branch: null, kept: null });
});

test("commits of the agent stay commits, and hooks, keys and half merges hold nothing up", async () => {
  await using it = await place();
  const { top, work } = it;
  for (const hook of [
    "pre-commit",
    "commit-msg",
    "post-checkout",
    "prepare-commit-msg",
    "reference-transaction",
  ]) {
    const file = path.join(top, ".git/hooks", hook);
    await writeFile(file, "#!/bin/sh\nexit 1\n");
    await chmod(file, 0o755);
  }
  await it.make();
  const quiet = ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false"];
  await write(work, "a.txt", "agent\n");
  await git(work, [...quiet, "commit", "--quiet", "-am", "own commit"]);
  // It goes to another branch, conflicts there and stops in the middle.
  await git(work, [...quiet, "switch", "--quiet", "-c", "agent/side", "other"]);
  await write(work, "a.txt", "side\n");
  await git(work, [...quiet, "commit", "--quiet", "-am", "side commit"]);
  await expect(git(work, [...quiet, "merge", branch])).rejects.toThrow("git merge failed");
  await writeFile(path.join(await git(work, ["rev-parse", "--git-dir"]), "index.lock"), "");
  expect(await it.finish()).toEqual({ branch, kept: null });
  const subjects = await it.person("log", "--format=%s", branch);
  expect(subjects.split("\n").toSorted()).toEqual(
    ["ACM-1 Say hello", "first", "own commit", "side commit"].toSorted(),
  );
  expect((await filesOf(top, branch))["a.txt"]).toContain("<<<<<<<");
  expect(await it.person("worktree", "list")).not.toContain("workdir");
});

test("a merge in progress is carried over as it looks and stays in progress", async () => {
  await using it = await place();
  const { top, work } = it;
  await write(top, "a.txt", "mine\n");
  await write(top, "clean.txt", "mine\n");
  await commitAll(top, "mine");
  await it.person("switch", "--quiet", "other");
  await write(top, "a.txt", "theirs\n");
  await write(top, "b.txt", "theirs\n");
  await commitAll(top, "theirs");
  await it.person("switch", "--quiet", "main");
  await expect(it.person("merge", "other")).rejects.toThrow("git merge failed");
  const before = await fingerprint(top);
  expect(before["MERGE_HEAD"]).not.toBe("none");
  await it.make();
  expect(await read(work, "a.txt")).toContain(">>>>>>> other");
  expect(await read(work, "b.txt")).toBe("theirs\n");
  await write(work, "a.txt", "settled\n");
  expect(await it.finish()).toEqual({ branch, kept: null });
  expect((await filesOf(top, branch))["a.txt"]).toBe("100644 settled");
  expect(await fingerprint(top)).toEqual(before);
});

test("a detached HEAD, a repository without a commit and a worktree of one can be branched", async () => {
  await using it = await place();
  const { top, work, root } = it;
  await it.person("checkout", "--quiet", "--detach", "main");
  await write(top, "a.txt", "detached\n");
  const before = await fingerprint(top);
  await it.make();
  await write(work, "b.txt", "agent\n");
  expect(await it.finish()).toEqual({ branch, kept: null });
  expect(await fingerprint(top)).toEqual(before);

  const unborn = path.join(path.dirname(top), "unborn");
  await mkdir(unborn);
  await git(unborn, ["init", "--quiet", "--initial-branch=main"]);
  await write(unborn, "draft.txt", "draft\n");
  const draft = await fingerprint(unborn);
  const second = { root: `${root}2`, directory: path.join(`${root}2`, "workdir"), branch };
  await mkdir(second.root);
  await makeWorktree({ ...second, source: unborn });
  expect(await read(second.directory, "draft.txt")).toBe("draft\n");
  const finish = { ...second, agentName: "Ada", subject: "ACM-1" };
  expect(await finishWorktree(finish)).toEqual({ branch: null, kept: null });
  expect(await git(unborn, ["for-each-ref"])).toBe("");
  await makeWorktree({ ...second, source: unborn });
  await write(second.directory, "made.txt", "made\n");
  expect(await finishWorktree(finish)).toEqual({ branch, kept: null });
  expect(Object.keys(await filesOf(unborn, branch))).toEqual(["draft.txt", "made.txt"]);
  expect(await fingerprint(unborn)).toEqual({ ...draft, refs: "" });
});

test("submodules and repositories inside are left where they are, and unsaved work in them is kept", async () => {
  await using it = await place();
  const { top, work } = it;
  const library = path.join(path.dirname(top), "library");
  await makePersonRepository(library);
  const allow = ["-c", "protocol.file.allow=always"];
  await git(top, [...allow, "submodule", "--quiet", "add", library, "lib"]);
  await commitAll(top, "with a submodule");
  await write(top, "lib/dirty.txt", "dirty\n");
  const nested = path.join(top, "nested");
  await makePersonRepository(nested);
  const before = await fingerprint(top);
  expect(await it.make()).toEqual({ branch, leftOut: ["nested/"] });
  expect(await readdir(path.join(work, "lib"))).toEqual([]);
  expect(await it.finish()).toEqual({ branch: null, kept: null });

  await it.make("agent/ada/2");
  await git(work, [...allow, "submodule", "--quiet", "update", "--init"]);
  await write(work, "b.txt", "agent\n");
  // Whatever was only fetched can be fetched again.
  expect(await it.finish()).toEqual({ branch: "agent/ada/2", kept: null });

  await it.make("agent/ada/3");
  const inner = path.join(work, "made by agent");
  await makePersonRepository(inner);
  const ending = await it.finish();
  expect(ending.kept).toContain("made by agent is a repository of its own");
  expect(ending.kept).toContain(work);
  expect(await isThere(path.join(inner, "a.txt"))).toBe(true);
  expect(await fingerprint(top)).toEqual(before);
});
