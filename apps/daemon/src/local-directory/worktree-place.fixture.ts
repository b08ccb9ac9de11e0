import { chmod, mkdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { git } from "../runs/git.ts";
import { finishWorktree, type WorktreeEnding } from "./finish-worktree.ts";
import { makeWorktree, type MadeWorktree } from "./make-worktree.ts";
import { makePersonRepository } from "./person.fixture.ts";

/** Branch of the run. */
export const branch = "agent/ada/0123456789ab";

/** A person's repository and the worktree of a run beside it. */
export type Place = AsyncDisposable & {
  readonly top: string;
  readonly root: string;
  readonly work: string;
  make(name?: string): Promise<MadeWorktree>;
  finish(): Promise<WorktreeEnding>;
  person(...parts: readonly string[]): Promise<string>;
};

export async function place(): Promise<Place> {
  const directory = await temporaryDirectory();
  const folder = await realpath(directory.path);
  const top = path.join(folder, "the repository ünï");
  const root = path.join(folder, "work", "root");
  const work = path.join(root, "workdir");
  await makePersonRepository(top);
  await mkdir(root, { recursive: true });
  return {
    top,
    root,
    work,
    make: (name = branch) => makeWorktree({ root, source: top, directory: work, branch: name }),
    finish: () =>
      finishWorktree({ root, directory: work, agentName: "Ada <A>", subject: "ACM-1 Say hello" }),
    person: (...parts) => git(top, parts),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

export const write = (folder: string, name: string, text: string): Promise<void> =>
  writeFile(path.join(folder, name), text);
export const read = (folder: string, name: string): Promise<string> =>
  readFile(path.join(folder, name), "utf8");

/** Files of a commit with their contents and modes. */
export async function filesOf(top: string, commit: string): Promise<Record<string, string>> {
  const listed = await git(top, ["ls-tree", "-r", "-z", commit]);
  const files: Record<string, string> = {};
  for (const entry of listed.split("\0").filter((line) => line !== "")) {
    const [head = ""] = entry.split("\t");
    const name = entry.slice(head.length + 1);
    const [mode = "", kind = "", id = ""] = head.split(" ");
    files[name] =
      kind === "commit" ? `${mode} ${id}` : `${mode} ${await git(top, ["cat-file", "-p", id])}`;
  }
  return files;
}

/** Every kind of change that a working tree can have. */
export async function makeEverythingNasty(top: string): Promise<void> {
  await write(top, "a.txt", "one\nstaged\nthree\n");
  await git(top, ["add", "a.txt"]);
  await write(top, "a.txt", "one\nstaged\nthree\nunstaged\n");
  await git(top, ["mv", "b.txt", "renamed b.txt"]);
  await rm(path.join(top, "src/c.txt"));
  await write(top, "run.sh", "#!/bin/sh\n");
  await chmod(path.join(top, "run.sh"), 0o755);
  await symlink("a.txt", path.join(top, "link"));
  await symlink("/nowhere/at all", path.join(top, "dangling"));
  await write(top, " leading and trailing ", "spaces\n");
  await write(top, "新しい\tファイル\n2.txt", "unicode\n");
  await mkdir(path.join(top, "ignored"));
  await write(top, "ignored/secret.env", "KEY=1\n");
  await write(top, "debug.log", "noise\n");
  await mkdir(path.join(top, "deep/er"), { recursive: true });
  await write(top, "deep/er/new.txt", "new\n");
  await write(top, "planned.txt", "later\n");
  await git(top, ["add", "--intent-to-add", "planned.txt"]);
}
