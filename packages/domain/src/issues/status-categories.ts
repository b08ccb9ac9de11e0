import type { IssueStatus } from "@headcount/contract/issues/schemas";

/** Platform rules read categories; each built-in status is a category of its own name. */
export type StatusCategory = IssueStatus;

/** Category of a status. */
export function categoryOf(status: IssueStatus): StatusCategory {
  return status;
}

/** Done or cancelled: nothing more is expected of the issue. */
export function isTerminalCategory(category: StatusCategory): boolean {
  return category === "done" || category === "cancelled";
}

/** Whether an issue in this category counts as open in lists and in the duplicate guard. */
export function isOpenCategory(category: StatusCategory): boolean {
  return !isTerminalCategory(category);
}

/** Whether a change of status releases parked work: out of backlog into anything unfinished. */
export function releasesFromBacklog(from: IssueStatus, to: IssueStatus): boolean {
  const target = categoryOf(to);
  return categoryOf(from) === "backlog" && target !== "backlog" && !isTerminalCategory(target);
}
