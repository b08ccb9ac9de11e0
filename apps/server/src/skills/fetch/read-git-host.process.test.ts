import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseGitHubFolder, type ReadAddress, readGitHubFolder } from "./read-git-host.ts";

/** Names that are unlike in an address and on a disk. */
const files = {
  "SKILL.md": "---\nname: pdf\ndescription: Reads forms.\n---\n# PDF\n",
  "scripts/fill form.py": "print('filled')\n",
  "references/50% off &#1+2.md": "cheap\n",
  "references/表单.md": "表单\n",
  "data.bin": Buffer.from([0, 255, 254, 10, 0]),
};

let root: string;
const git = (...words: string[]): Buffer =>
  execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", ...words], {
    cwd: root,
  });

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "git-host-"));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, "skills/pdf", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  chmodSync(path.join(root, "skills/pdf/scripts/fill form.py"), 0o755);
  mkdirSync(path.join(root, "skills/linked"));
  writeFileSync(path.join(root, "skills/linked/SKILL.md"), "x");
  symlinkSync("../../../etc/passwd", path.join(root, "skills/linked/secrets"));
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "-m", "Begin");
});
afterAll(() => rmSync(root, { recursive: true }));

/** Answers like GitHub, out of the repository itself: docs.github.com, "Get a tree" and raw files. */
const host: ReadAddress = async (address) => {
  const url = new URL(address);
  const [, ...parts] = url.pathname.split("/").map(decodeURIComponent);
  if (url.hostname === "raw.githubusercontent.com") {
    const [, , ref, ...file] = parts;
    return git("show", `${ref}:${file.join("/")}`);
  }
  const listed = git("ls-tree", "-r", "-t", "-l", "-z", parts.at(-1) ?? "").toString("utf8");
  const tree = listed.split("\0").flatMap((line) => {
    const [facts = "", name] = line.split("\t");
    const [mode, type, sha, size] = facts.split(/ +/);
    if (name === undefined) return [];
    return [{ path: name, mode, type, sha, ...(size === "-" ? {} : { size: Number(size) }) }];
  });
  return Buffer.from(JSON.stringify({ sha: "0".repeat(40), url: address, tree, truncated: false }));
};

const read = (address: string) => {
  const folder = parseGitHubFolder(address);
  if (folder === null) throw new Error("That is no folder on GitHub.");
  return readGitHubFolder(host, folder);
};

describe("a folder of a real repository, listed and handed out as GitHub does", () => {
  it.each([
    "https://github.com/acme/tools/tree/main/skills/pdf",
    "https://github.com/acme/tools/tree/HEAD/skills/pdf/",
    "https://github.com/acme/tools/blob/main/skills/pdf/SKILL.md",
  ])("%s comes whole, whatever its files are called", async (address) => {
    const skill = await read(address);
    const { "SKILL.md": document, ...others } = files;
    expect(skill).toMatchObject({ document, folder: "pdf" });
    const got = Object.fromEntries(skill.files.map((file) => [file.path, file.content]));
    const wanted = Object.entries(others).map(([name, content]) => [name, Buffer.from(content)]);
    expect(got).toEqual(Object.fromEntries(wanted));
    const executable = skill.files.filter((file) => file.executable).map((file) => file.path);
    expect(executable).toEqual(["scripts/fill form.py"]);
  });

  it("with a link in it is refused, and one without a skill names those that have one", async () => {
    await expect(read("https://github.com/acme/tools/tree/main/skills/linked")).rejects.toThrow(
      "secrets is a link",
    );
    await expect(read("https://github.com/acme/tools")).rejects.toThrow(
      "such as skills/linked, skills/pdf",
    );
  });
});
