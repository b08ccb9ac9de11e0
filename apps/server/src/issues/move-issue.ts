import { issues } from "@headcount/contract/issues/routes";
import { command } from "../platform/command.ts";
import { changeIssue } from "./change-issue.ts";
import { resolveIssueId } from "./read-issue.ts";

export const moveIssue = command(issues.move, async (ctx, input) =>
  changeIssue(
    ctx,
    await resolveIssueId(ctx, input.issue),
    { status: input.status },
    {
      start: input.start,
      handoffNote: "",
      place: { after: input.after, before: input.before, place: input.place },
    },
  ),
);
