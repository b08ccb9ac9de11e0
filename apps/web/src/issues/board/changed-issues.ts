import type { ChangeItem } from "@headcount/contract/realtime/changes";

/** What a batch of changes means for a board. */
export type ChangedIssues = {
  /** Issues whose card may look different. */
  readonly ids: ReadonlySet<string>;
  /** Whether counts or spend of columns may differ. */
  readonly totals: boolean;
};

const counted: ReadonlySet<string> = new Set([
  "issue.created",
  "issue.moved",
  "issue.deleted",
  "issue.restored",
  "issue.updated",
  "usage.booked",
]);

/** Reads the issues out of changes of issues, comments, tasks and usage. */
export function changedIssues(items: readonly ChangeItem[]): ChangedIssues {
  const ids = new Set<string>();
  for (const item of items) {
    if (item.entity.kind === "issue") ids.add(item.entity.id);
    const issueId = item.data["issueId"];
    if (typeof issueId === "string") ids.add(issueId);
  }
  return { ids, totals: items.some((item) => counted.has(item.type)) };
}
