import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { git } from "../runs/git.ts";
import { copyIndex } from "./copy-index.ts";
import { commitAll, makePersonRepository } from "./person.fixture.ts";

const second = (at: Date): number => Math.floor(at.getTime() / 1_000);

/** Commits a file and changes it to something of the same size, all in one second of the clock. */
async function changeAtOnce(top: string): Promise<boolean> {
  const file = path.join(top, "a.txt");
  await writeFile(file, "ONE\ntwo\nthree\n");
  await commitAll(top, "a.txt");
  const committed = await stat(file);
  await writeFile(file, "not committed\n");
  const changed = await stat(file);
  return committed.size === changed.size && second(committed.mtime) === second(changed.mtime);
}

test("a change of the same size in the second of the commit is in what a copied index takes", async () => {
  await using directory = await temporaryDirectory();
  const top = path.join(directory.path, "repository");
  await makePersonRepository(top);
  await waitFor(
    async () => {
      await writeFile(path.join(top, "a.txt"), "anything else that differs\n");
      await commitAll(top, "before");
      return changeAtOnce(top);
    },
    { describe: "a commit and a change in one second", timeoutMs: 30_000 },
  );
  // The copy is made in a later second than the index.
  const index = path.join(top, ".git", "index");
  const written = second((await stat(index)).mtime);
  while (second(new Date()) <= written) await pause(50);

  const scratch = path.join(directory.path, "scratch");
  await copyIndex(index, scratch);
  const environment = { GIT_INDEX_FILE: scratch };
  await git(top, ["update-index", "--add", "a.txt"], undefined, environment);
  const tree = await git(top, ["write-tree"], undefined, environment);
  expect(await git(top, ["cat-file", "-p", `${tree}:a.txt`])).toBe("not committed");
});
