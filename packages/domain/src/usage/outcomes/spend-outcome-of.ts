import type { IssueStatus } from "@headcount/contract/issues/schemas";
import type { SpendOutcome } from "@headcount/contract/usage/outcome-schemas";

/** What decides to what some usage has come. */
export type SpendFate = {
  /** The issue that it belongs to, as it is now; null for usage without one. */
  readonly issue: { readonly status: IssueStatus; readonly isDeleted: boolean } | null;
  /** Whether its task began before or after the issue was first done. */
  readonly began: "before_done" | "after_done";
};

/**
 * To what usage has come so far. Exactly one answer for any usage, so that whatever is told apart by
 * it adds up: it goes with the issue as it is now, apart from rework, which is what an issue needed
 * after it had first been done, whether it is done again or not.
 */
export function spendOutcomeOf({ issue, began }: SpendFate): SpendOutcome {
  if (issue === null) return "outside";
  if (issue.status === "cancelled") return "abandoned";
  if (began === "after_done") return "rework";
  if (issue.status === "done") return "done";
  return issue.isDeleted ? "abandoned" : "open";
}
