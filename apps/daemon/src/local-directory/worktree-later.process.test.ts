import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { git } from "../runs/git.ts";
import { abandonWorktree } from "./make-worktree.ts";
import { commitAll, fingerprint } from "./person.fixture.ts";
import { readWorktreePlan, writeWorktreePlan } from "./worktree-plan.ts";
import {
  branch,
  filesOf,
  makeEverythingNasty,
  place,
  read,
  write,
} from "./worktree-place.fixture.ts";

test("if committing fails the worktree stays, a follow-up goes on in it and the next end commits it", async () => {
  await using it = await place();
  const { top, work } = it;
  const before = await fingerprint(top);
  await it.make();
  await write(work, "a.txt", "precious\n");
  await mkdir(path.join(work, "empty repository"));
  await git(path.join(work, "empty repository"), ["init", "--quiet"]);
  const ending = await it.finish();
  expect(ending.branch).toBe(branch);
  expect(ending.kept).toContain(work);
  expect(await read(work, "a.txt")).toBe("precious\n");
  expect(await it.make("agent/ada/later")).toEqual({ branch, leftOut: [] });
  await rm(path.join(work, "empty repository"), { recursive: true });
  expect(await it.finish()).toEqual({ branch, kept: null });
  expect((await filesOf(top, branch))["a.txt"]).toBe("100644 precious");
  expect(await fingerprint(top)).toEqual(before);
});

test("a follow-up goes on with the branch until the person has it, then starts from the person's work", async () => {
  await using it = await place();
  const { top, work } = it;
  await write(top, "b.txt", "person\n");
  await it.make();
  await write(work, "a.txt", "first run\n");
  await it.finish();
  expect(await it.make("agent/ada/second")).toEqual({ branch, leftOut: [] });
  expect(await read(work, "a.txt")).toBe("first run\n");
  expect(await git(work, ["status", "--porcelain"])).toBe("");
  await write(work, "a.txt", "second run\n");
  expect(await it.finish()).toEqual({ branch, kept: null });
  expect(await it.person("rev-list", "--count", branch)).toBe("4");

  // A run without a change takes nothing away from the earlier ones.
  await it.make("agent/ada/third");
  expect(await it.finish()).toEqual({ branch, kept: null });

  await it.person("checkout", "--quiet", "b.txt");
  await it.person("merge", "--quiet", "--ff-only", branch);
  await write(top, "b.txt", "after the merge\n");
  expect(await it.make("agent/ada/fourth")).toEqual({ branch: "agent/ada/fourth", leftOut: [] });
  expect(await read(work, "b.txt")).toBe("after the merge\n");
  await it.finish();
});

test("a person who edits, commits and switches during the run neither loses nor disturbs anything", async () => {
  await using it = await place();
  const { top, work } = it;
  await write(top, "a.txt", "before the run\n");
  await it.make();
  await write(work, "a.txt", "agent\n");
  await write(top, "a.txt", "meanwhile\n");
  await commitAll(top, "meanwhile");
  await it.person("switch", "--quiet", "-c", "elsewhere");
  await write(top, "b.txt", "staged by the person\n");
  await it.person("add", "b.txt");
  await writeFile(path.join(top, ".git/index.lock"), "");
  const during = await fingerprint(top);
  expect(await it.finish()).toEqual({ branch, kept: null });
  expect(await fingerprint(top)).toEqual(during);
  await rm(path.join(top, ".git/index.lock"));
  expect((await filesOf(top, branch))["a.txt"]).toBe("100644 agent");
  expect((await filesOf(top, `${branch}~1`))["a.txt"]).toBe("100644 before the run");
});

test("INV-54 whatever a crash leaves of a worktree, the next start undoes or finishes it", async () => {
  await using it = await place();
  const { top, root, work } = it;
  await makeEverythingNasty(top);
  const before = await fingerprint(top);
  await it.make();
  const plan = await readWorktreePlan(root);
  if (plan === null) throw new Error("no plan");

  // Killed while it was being made: nobody has worked in it.
  await writeWorktreePlan(root, { ...plan, state: "making" });
  await rm(path.join(work, "a.txt"));
  expect(await it.finish()).toEqual({ branch: null, kept: null });
  expect(await it.make()).toEqual({ branch, leftOut: [] });
  expect(await read(work, "a.txt")).toContain("unstaged");
  expect(await fingerprint(top)).toEqual(before);

  // Killed after the folder was written and before the branch was noted as ready, and given up.
  await writeWorktreePlan(root, { ...plan, state: "making" });
  await abandonWorktree(root, work);
  expect(await it.person("for-each-ref", "refs/heads/agent")).toBe("");
  expect(await it.person("worktree", "list", "--porcelain")).not.toContain("workdir");

  // Killed after the commit, with the folder half removed.
  await it.make();
  await write(work, "made.txt", "work\n");
  await rename(work, `${work}-copy`);
  await mkdir(work);
  await write(work, ".git", await read(`${work}-copy`, ".git"));
  await write(work, "made.txt", "work\n");
  await rm(work, { recursive: true });
  await rename(`${work}-copy`, work);
  await it.finish();
  await writeWorktreePlan(root, { ...plan, state: "live" });
  expect(await it.finish()).toEqual({ branch, kept: null });
  expect((await filesOf(top, branch))["made.txt"]).toBe("100644 work");
  expect(await fingerprint(top)).toEqual(before);
});
