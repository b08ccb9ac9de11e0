import { issues } from "@headcount/contract/issues/routes";
import { query } from "../platform/command.ts";
import { getIssue, resolveIssueId } from "./read-issue.ts";

export const getIssueQuery = query(issues.get, async (ctx, input) =>
  getIssue(ctx, await resolveIssueId(ctx, input.issue, { deleted: "include" })),
);
