import { usage } from "@headcount/contract/usage/routes";
import { issueCsv } from "@headcount/domain/usage/query/route-csv";
import { resolveIssueId } from "../../issues/read-issue.ts";
import { query } from "../../platform/command.ts";
import { readReportedCost } from "./read-reported-cost.ts";
import { readTaskSums, type TaskCoverage, toBreakdown } from "./read-task-sums.ts";
import { groupSums, toSummary } from "../usage-sums.ts";

export const issueUsage = query(
  usage.issue,
  async (ctx, input) => {
    const issueId = await resolveIssueId(ctx, input.issue);
    const rows = await readTaskSums(ctx, { issueId });
    const tasks = await ctx.sql<TaskCoverage[]>`
    select coverage_level as level, coverage_reason as reason,
      usage_drift as drift from tasks
    where workspace_id = ${ctx.workspaceId} and issue_id = ${issueId} and started_at is not null
    order by started_at desc`;
    return {
      ...toBreakdown(rows, tasks, await readReportedCost(ctx, { issueId })),
      byTask: groupSums(rows, (row) => row.taskId).map(({ first, sums }) => {
        const summary = toSummary(sums);
        return { taskId: first.taskId, usage: summary, costUsd: summary.costUsd };
      }),
    };
  },
  issueCsv,
);
