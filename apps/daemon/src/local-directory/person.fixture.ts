import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, readlink, lstat, writeFile } from "node:fs/promises";
import path from "node:path";
import { git } from "../runs/git.ts";

/** A repository as a person has it: one commit, a stash and a branch besides the one in use. */
export async function makePersonRepository(top: string): Promise<void> {
  await mkdir(path.join(top, "src"), { recursive: true });
  await git(top, ["init", "--quiet", "--initial-branch=main"]);
  await git(top, ["config", "user.name", "Pat"]);
  await git(top, ["config", "user.email", "pat@example.test"]);
  await git(top, ["config", "commit.gpgsign", "true"]);
  await git(top, ["config", "gpg.program", "/bin/false"]);
  const files = { "a.txt": "one\ntwo\nthree\n", "b.txt": "b\n", "src/c.txt": "c\n" };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(top, name), text);
  await writeFile(path.join(top, ".gitignore"), "ignored/\n*.log\n");
  await commitAll(top, "first");
  await writeFile(path.join(top, "b.txt"), "stashed\n");
  await git(top, ["stash", "push", "--quiet"]);
  await git(top, ["branch", "other"]);
}

export async function commitAll(top: string, message: string): Promise<void> {
  await git(top, ["add", "--all"]);
  await git(top, ["-c", "commit.gpgsign=false", "commit", "--quiet", "-m", message]);
}

/**
 * Everything that belongs to the person, down to the bytes of the index: files with their modes and
 * times, what git says about them, stash, settings, hooks and every branch that is not an agent's.
 */
export async function fingerprint(top: string): Promise<Record<string, string>> {
  const facts: Record<string, string> = {};
  for (const name of await allFiles(top)) facts[`file ${name}`] = await describe(top, name);
  const data = path.resolve(top, (await git(top, ["rev-parse", "--git-common-dir"])) || ".git");
  for (const name of ["index", "HEAD", "config", "info/exclude", "MERGE_HEAD", "MERGE_MSG"]) {
    facts[name] = await digest(path.join(data, name));
  }
  const environment = { GIT_OPTIONAL_LOCKS: "0" };
  facts["status"] = await git(top, ["status", "--porcelain=v2", "-z"], undefined, environment);
  facts["stash"] = await git(top, ["stash", "list", "--format=%H %gs"]);
  const refs = await git(top, ["for-each-ref", "--format=%(refname) %(objectname)"]);
  facts["refs"] = refs
    .split("\n")
    .filter((ref) => !ref.startsWith("refs/heads/agent/"))
    .join("\n");
  return facts;
}

async function allFiles(top: string): Promise<readonly string[]> {
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(top, path.join(entry.parentPath, entry.name)))
    .filter((name) => name !== ".git" && !name.startsWith(`.git${path.sep}`))
    .toSorted();
}

async function describe(top: string, name: string): Promise<string> {
  const file = path.join(top, name);
  const stats = await lstat(file);
  const content = stats.isSymbolicLink() ? await readlink(file) : await digest(file);
  return `${stats.mode.toString(8)} ${stats.mtimeMs} ${content}`;
}

async function digest(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => null);
  return bytes === null ? "none" : createHash("sha256").update(bytes).digest("hex");
}
