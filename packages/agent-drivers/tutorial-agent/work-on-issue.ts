import { endText } from "./assignment.ts";
import type { Assignment } from "./assignment.ts";
import { commitGreeting, writeGreeting } from "./greeting-file.ts";
import type { Issue } from "./greeting-file.ts";
import { headcount, tryHeadcount } from "./headcount-command.ts";
import { describeTokens, tutorialModel } from "./made-up-tokens.ts";

/**
 * Reads the issue, writes a greeting into the work directory, commits it, comments and hands over
 * for review. Everything really happens except thinking. Throws when it cannot read the issue or
 * comment on it, after saying so.
 */
export async function workOnIssue(assignment: Assignment): Promise<void> {
  const { narrator } = assignment;
  const key = issueKey(assignment);
  await narrator.say(`I am the tutorial agent: no model is called. First I read ${key}.\n\n`);
  const issue = await readIssue(assignment, key);
  await narrator.say(`"${issue.title}" — I leave a greeting in the work directory.\n\n`);
  const file = await writeGreeting(assignment, issue);
  await commitGreeting(assignment, file, issue);
  await comment(assignment, issue, file);
  await handOver(assignment, key);
  await narrator.say(farewell(assignment, issue, file));
}

function issueKey({ environment, prompt }: Assignment): string {
  const fromCommand = /\bheadcount issue \w+ ([A-Z][A-Z0-9]*-\d+)\b/.exec(prompt)?.[1];
  const fromText = /\b[A-Z][A-Z0-9]*-\d+\b/.exec(prompt)?.[0];
  const key = environment["HEADCOUNT_ISSUE_KEY"] ?? fromCommand ?? fromText;
  if (key !== undefined && key !== "") return key;
  throw new Error("I was given no issue key, neither in HEADCOUNT_ISSUE_KEY nor in the prompt.");
}

async function readIssue(assignment: Assignment, key: string): Promise<Issue> {
  const args = ["issue", "get", key, "--output", "json"];
  const json: unknown = JSON.parse(
    await headcount(assignment, { id: "read_issue", kind: "read", args }),
  );
  const title = memberOf(memberOf(json, "issue") ?? json, "title");
  if (typeof title === "string" && title !== "") return { key, title };
  throw new Error(`headcount issue get ${key} printed no title.`);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

async function comment(assignment: Assignment, issue: Issue, file: string): Promise<void> {
  const input = [
    "Hello! I am the **tutorial agent** that ships with Headcount. No model was called.",
    "",
    `I read this issue, "${issue.title}", and wrote \`${file}\` in the work directory.`,
    "",
  ].join("\n");
  const args = ["issue", "comment", "add", issue.key, "--content-stdin"];
  await headcount(assignment, { id: "comment", kind: "execute", args, input });
}

/** A courtesy that may fail: the workspace decides which statuses there are. */
async function handOver(assignment: Assignment, key: string): Promise<void> {
  const args = ["issue", "status", key, "in_review"];
  const end = await tryHeadcount(assignment, { id: "status", kind: "execute", args });
  if (end.code === 0) return;
  await assignment.narrator.say(`The status of ${key} stays as it is${endText(end)}\n\n`);
}

function farewell({ narrator }: Assignment, issue: Issue, file: string): string {
  return [
    `Done: I read ${issue.key}, wrote \`${file}\` and left a comment. I am the tutorial agent; no model was called.`,
    "",
    `Made-up token counts, booked under ${tutorialModel}: ${describeTokens(narrator.used)}.`,
  ].join("\n");
}
