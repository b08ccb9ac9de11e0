import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { endText, runIn, takeStep } from "./assignment.ts";
import type { Assignment } from "./assignment.ts";

export type Issue = { readonly key: string; readonly title: string };

/** Writes the greeting, or adds a line to the one from an earlier run. Gives its relative path. */
export async function writeGreeting(assignment: Assignment, issue: Issue): Promise<string> {
  const file = `headcount-tutorial/${issue.key}.md`;
  const path = join(assignment.directory, file);
  const call = {
    id: "write_file",
    title: `Write ${file}`,
    kind: "edit",
    input: { path: file },
  } as const;
  await takeStep(assignment, call, async () => {
    const before = await existingText(path);
    const text = before === "" ? greeting(issue) : `${before}\nHello again.\n`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return { code: 0, stdout: text, stderr: "" };
  });
  return file;
}

/** Commits the file where the work directory is a git work tree; says so where it is not. */
export async function commitGreeting(
  assignment: Assignment,
  file: string,
  issue: Issue,
): Promise<void> {
  const { narrator } = assignment;
  const inside = await runIn(assignment, "git", ["rev-parse", "--is-inside-work-tree"]);
  if (inside.stdout.trim() !== "true") {
    await narrator.say("This directory is not a git work tree, so there is nothing to commit.\n\n");
    return;
  }
  const message = `Greet ${issue.key} from the tutorial agent`;
  const command = `git add ${file} && git commit -m "${message}"`;
  const call = {
    id: "commit",
    title: `Commit ${file}`,
    kind: "execute",
    input: { command },
  } as const;
  const end = await takeStep(assignment, call, async () => {
    const added = await runIn(assignment, "git", ["add", "--force", "--", file]);
    if (added.code !== 0) return added;
    return runIn(assignment, "git", [...identity, "commit", "-m", message, "--", file]);
  });
  if (end.code !== 0) await narrator.say(`The commit failed${endText(end)}\n\n`);
}

/** The machine may have no identity for git, and its owner did not write this. */
const identity = [
  "-c",
  "user.name=Headcount tutorial agent",
  "-c",
  "user.email=tutorial-agent@headcount.invalid",
  "-c",
  "commit.gpgsign=false",
];

function greeting(issue: Issue): string {
  return [
    "# Hello from the tutorial agent",
    "",
    `This file was written for ${issue.key}, "${issue.title}".`,
    "It shows that an agent worked in this directory; it can be deleted.",
    "",
  ].join("\n");
}

async function existingText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    // The first time there is no file yet.
    return "";
  }
}
