import type { PullRequest } from "@headcount/contract/pull-requests/schemas";
import type { Printer } from "../output/printer.ts";

/** Pull requests in a table of 80 columns; issues that are only mentioned stand in brackets. */
export function printPullRequests(items: readonly PullRequest[], printer: Printer): void {
  const short = printer.shortIds(items.map(({ id }) => id));
  printer.table(items, [
    { title: "ID", value: ({ id }) => short(id) },
    {
      title: "PULL REQUEST",
      value: ({ repository, number }) => `${repository}#${number}`,
      shrinks: true,
    },
    { title: "STATE", value: ({ state }) => state },
    { title: "ISSUES", value: issuesOf, shrinks: true },
    { title: "UPDATED", value: ({ updatedAt }) => updatedAt.slice(0, 10) },
    { title: "TITLE", value: ({ title }) => title, shrinks: true },
  ]);
}

/** Keys of issues, `(KEY)` where the pull request only mentions it. */
export function issuesOf({ issues }: PullRequest): string {
  return issues.map(({ key, how }) => (how === "linked" ? key : `(${key})`)).join(" ");
}
