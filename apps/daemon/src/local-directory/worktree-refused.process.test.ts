import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { isThere } from "../state/is-there.ts";
import { makeWorktree, type MadeWorktree } from "./make-worktree.ts";
import { branch, place, write } from "./worktree-place.fixture.ts";

test("more than may be carried over is refused with the figure, and nothing is made", async () => {
  await using it = await place();
  const { top, work } = it;
  await Promise.all(Array.from({ length: 2_001 }, (_, index) => write(top, `${index}.txt`, "x")));
  await expect(it.make()).rejects.toThrow(
    /^2001 files in .* are not committed; at most 2000 files/,
  );
  expect(await isThere(work)).toBe(false);
  expect(await it.person("for-each-ref", "refs/heads/agent")).toBe("");
});

test("an untracked repository, a subfolder and a folder without git are refused in words", async () => {
  await using it = await place();
  const { top, root, work } = it;
  const make = (source: string): Promise<MadeWorktree> =>
    makeWorktree({ root, source, directory: work, branch });
  await expect(make(path.join(top, "src"))).rejects.toThrow(/lies inside of the repository/);
  const plain = path.join(path.dirname(top), "plain");
  await mkdir(plain);
  await expect(make(plain)).rejects.toThrow(/is not a Git repository/);
});
