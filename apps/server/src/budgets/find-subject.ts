import type { BudgetScope } from "@headcount/contract/budgets/words";
import { IssuePath } from "@headcount/contract/issues/schemas";
import { resolveIssueId } from "../issues/read-issue.ts";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { readSubjectNames } from "./subject-names.ts";

export type Subject = {
  /** Empty for the workspace. */
  readonly subjectIds: readonly string[];
  readonly subjectName: string | null;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a budget is to be about. @throws invalid when that does not exist, or does not fit the scope */
export async function findSubject(
  ctx: WorkspaceContext,
  scope: BudgetScope,
  subject: string | null,
): Promise<Subject> {
  if (scope === "workspace") {
    if (subject !== null) throw needed("A budget of the workspace is about nothing smaller.");
    return { subjectIds: [], subjectName: null };
  }
  if (subject === null) throw needed(`Say which ${scope} the budget is about.`);
  const isIssue = scope === "issue" && IssuePath.safeParse(subject).success;
  const id = isIssue ? await resolveIssueId(ctx, subject) : subject.toLowerCase();
  const name = uuid.test(id) ? (await readSubjectNames(ctx, [{ scope, id }])).get(id) : undefined;
  if (name === undefined) {
    throw new AppError("invalid", `There is no such ${scope} in this workspace.`, {
      reason: "budget.subject_unknown",
    });
  }
  return { subjectIds: [id], subjectName: name };
}

function needed(message: string): AppError {
  return new AppError("invalid", message, { reason: "budget.subject_needed" });
}
