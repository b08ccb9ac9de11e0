import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import type { Actor } from "../../platform/context.ts";
import type { AddedTask } from "../../testing/add-task.ts";
import type { TestApp } from "../../testing/test-app.ts";
import type { Group } from "@headcount/domain/usage/query/arrange-groups";
import { mapTokens } from "@headcount/domain/usage/token-counts";
import type { IssueId } from "@headcount/contract/kit/ids";
import type { BookingResult } from "./book-events.ts";
import { bookUsage } from "./book-usage.ts";
import { periodQuestion } from "../query/period-question.ts";
import { readGroups } from "../query/read-groups.ts";
import { readTaskSums } from "../query/read-task-sums.ts";
import { sumGroups } from "../query/sum-groups.ts";
import { sumOf, type UsageSums } from "../usage-sums.ts";
import { findUsageDifferences, type UsageDifference } from "../verify/find-differences.ts";
import type { ReportedUsage } from "./check-record.ts";

export type RecordToReport = Partial<UsageRecord> & {
  readonly ageMs?: number;
  readonly lease?: number;
};

/** A record of the tutorial's model, whose price is 1 input and 5 output USD per million tokens. */
export function usageOf(task: Pick<AddedTask, "id">, record: RecordToReport): ReportedUsage {
  const { ageMs = 0, lease = 1, ...body } = record;
  return {
    taskId: task.id,
    lease,
    ageMs,
    reportedBy: null,
    body: {
      key: "1",
      provider: "headcount",
      model: "headcount/tutorial",
      role: "main",
      source: "test",
      cumulative: false,
      revision: 0,
      input: 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output: 0,
      reasoning: 0,
      reportedCostUsd: null,
      reportedCostBasis: null,
      atMs: 0,
      ...body,
    },
  };
}

const noRequest = { ipPrefix: null, userAgent: "" } as const;

/** Books in one transaction of its own. */
export async function book(
  test: TestApp,
  records: readonly ReportedUsage[],
  actor: Actor = { kind: "system", job: "test" },
): Promise<BookingResult[]> {
  const { value } = await test.app.runner.inWorkspace({
    workspaceId: test.workspaceId,
    mode: "write",
    request: noRequest,
    resolveActor: async () => actor,
    run: (ctx) => bookUsage(ctx, records),
  });
  return value;
}

/** Everything that has to agree, read in one snapshot. */
export type Pivots = {
  readonly differences: readonly UsageDifference[];
  readonly perDay: UsageSums;
  readonly perAgent: UsageSums;
  readonly perIssue: UsageSums;
  /** Meters that name another project than their issue does. */
  readonly strayMeters: number;
};

/** Reads every pivot of the workspace in one snapshot, as of whichever commit came last. */
export async function readPivots(test: TestApp, issueIds: readonly IssueId[]): Promise<Pivots> {
  const { value } = await test.app.runner.inWorkspace({
    workspaceId: test.workspaceId,
    mode: "read",
    request: noRequest,
    resolveActor: async () => ({ kind: "system", job: "test" }) as const,
    run: async (ctx) => {
      const period = { days: 30, tz: "Asia/Kathmandu", filters: [] };
      const days = await readGroups(ctx, periodQuestion(ctx, period, ["time"]));
      const agents = await readGroups(ctx, periodQuestion(ctx, period, ["agent", "model"]));
      const issues = await Promise.all(issueIds.map((issueId) => readTaskSums(ctx, { issueId })));
      const [strays] = await ctx.sql<{ count: number }[]>`
        select count(*)::int as count from usage_meters m
        join issues i on i.workspace_id = m.workspace_id and i.id = m.issue_id
        where m.workspace_id = ${ctx.workspaceId} and m.project_id is distinct from i.project_id`;
      return {
        strayMeters: strays?.count ?? 0,
        differences: await findUsageDifferences(ctx),
        perDay: usageSumsOf(days),
        perAgent: usageSumsOf(agents),
        perIssue: sumOf(issues.flat().map((row) => row.sums)),
      };
    },
  });
  return value;
}

const columns = {
  input: "input",
  cacheRead: "cache_read",
  cacheWrite5m: "cache_write_5m",
  cacheWrite1h: "cache_write_1h",
  output: "output",
  reasoning: "reasoning",
} as const;

function usageSumsOf(groups: readonly Group[]): UsageSums {
  const { sums } = sumGroups(groups);
  return {
    events: sums.events ?? 0n,
    tokens: mapTokens((member) => sums[columns[member]] ?? 0n),
    costPico: sums.cost_pico ?? 0n,
    pricedEvents: sums.priced_events ?? 0n,
    unpricedTokens: sums.unpriced_tokens ?? 0n,
  };
}
