import { issues } from "@headcount/contract/issues/routes";
import { storable } from "../agents/read-agent-redactor.ts";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { changeIssue } from "./change-issue.ts";
import type { LockedIssue } from "./lock-issue.ts";
import { resolveIssueId } from "./read-issue.ts";

type Expectation = {
  readonly expectedRevision?: number | undefined;
  readonly base?:
    | { readonly title?: string | undefined; readonly description?: string | undefined }
    | undefined;
};

export const updateIssue = command(issues.update, async (ctx, input) =>
  changeIssue(ctx, await resolveIssueId(ctx, input.issue), await storable(ctx, input), {
    start: input.start,
    handoffNote: input.handoffNote,
    place: null,
    check: (issue) => assertUnchanged(issue, input),
  }),
);

/** Edits of unrelated fields never clash: only the whole revision or the named texts are compared. */
function assertUnchanged(issue: LockedIssue, seen: Expectation): void {
  if (seen.expectedRevision !== undefined && seen.expectedRevision !== issue.revision) {
    throw conflict(issue, ["revision"]);
  }
  const fields = (["title", "description"] as const).filter((field) => {
    const base = seen.base?.[field];
    return base !== undefined && base !== issue[field];
  });
  if (fields.length > 0) throw conflict(issue, fields);
}

function conflict(issue: LockedIssue, fields: readonly string[]): AppError {
  return new AppError(
    "conflict",
    "Somebody else changed this issue meanwhile. Compare and save again.",
    {
      reason: "revision_conflict",
      details: {
        fields,
        current: { title: issue.title, description: issue.description, revision: issue.revision },
      },
    },
  );
}
