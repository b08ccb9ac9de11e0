import type { IssuePriority, IssueStatus } from "@headcount/contract/issues/schemas";
import { invalidUse } from "../errors/cli-error.ts";

export const issueStatuses = [
  "backlog",
  "todo",
  "in_progress",
  "in_review",
  "done",
  "blocked",
  "cancelled",
] as const satisfies readonly IssueStatus[];

export const issuePriorities = [
  "urgent",
  "high",
  "medium",
  "low",
  "none",
] as const satisfies readonly IssuePriority[];

/** `in-progress` and `In Progress` mean `in_progress`. @throws CliError exit 5 for anything else */
export function readStatus(text: string): IssueStatus {
  const word = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const status = issueStatuses.find((one) => one === word);
  if (status) return status;
  throw invalidUse(`"${text}" is no status.`, `Choose from ${issueStatuses.join(", ")}.`);
}

/** @throws CliError exit 5 for an unknown word */
export function readPriority(text: string): IssuePriority {
  const priority = issuePriorities.find((one) => one === text.trim().toLowerCase());
  if (priority) return priority;
  throw invalidUse(`"${text}" is no priority.`, `Choose from ${issuePriorities.join(", ")}.`);
}

const issuePattern =
  /^([A-Za-z0-9]{1,10}-[1-9]\d{0,9}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;

/** An issue's key or id as it goes into a path. @throws CliError exit 5 when it is neither */
export function readIssue(text: string): string {
  if (issuePattern.test(text)) return text;
  throw invalidUse(`"${text}" is neither an issue key nor an issue id.`, "Write it like ACME-12.");
}

/** The argument that most issue commands begin with. */
export const issueArgument = { summary: "key (ACME-12) or id of the issue" } as const;
