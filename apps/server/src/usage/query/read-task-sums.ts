import type { IssueId, TaskId } from "@headcount/contract/kit/ids";
import type { UsageBreakdown, UsageDrift } from "@headcount/contract/usage/schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import type { WorkspaceContext } from "../../platform/context.ts";
import {
  byModel,
  latest,
  sumColumns,
  sumOf,
  type SumRow,
  toSummary,
  toSums,
  type UsageSums,
} from "../usage-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Coverage = Pick<UsageBreakdown, "coverage" | "coverageReason">;

/** One task, or every task of an issue. */
export type TasksOf = { readonly taskId: TaskId } | { readonly issueId: IssueId };

export type TaskSums = {
  readonly taskId: TaskId;
  readonly provider: string;
  readonly model: string;
  readonly sums: UsageSums;
  readonly notionalPico: bigint;
  readonly cacheSavedPico: bigint;
  readonly lastUsedAt: Date;
};

type Row = SumRow &
  Omit<TaskSums, "sums" | "notionalPico" | "cacheSavedPico"> & {
    /** numeric */
    readonly notionalPico: string;
    readonly cacheSavedPico: string;
  };

/** What one task, or every task of an issue, has used by model. */
export async function readTaskSums(ctx: Ctx, of: TasksOf): Promise<TaskSums[]> {
  const condition =
    "taskId" in of ? ctx.sql`task_id = ${of.taskId}` : ctx.sql`issue_id = ${of.issueId}`;
  const rows = await ctx.sql<Row[]>`
    select task_id, provider, model, ${sumColumns(ctx.sql)}, sum(notional_pico) as notional_pico,
      sum(cache_saved_pico) as cache_saved_pico, max(last_used_at) as last_used_at
    from usage_meters where kind = 'usage' and workspace_id = ${ctx.workspaceId} and ${condition}
    group by task_id, provider, model
    order by task_id, provider, model`;
  return rows.map((row) => ({
    taskId: row.taskId,
    provider: row.provider,
    model: row.model,
    sums: toSums(row),
    notionalPico: BigInt(row.notionalPico),
    cacheSavedPico: BigInt(row.cacheSavedPico),
    lastUsedAt: row.lastUsedAt,
  }));
}

export type KnownCoverage = {
  readonly level: UsageBreakdown["coverage"];
  readonly reason: string;
};

export type TaskCoverage = KnownCoverage & {
  /** How the CLI's final total differed from its stream. */
  readonly drift: readonly UsageDrift[];
};

/** How much of what the tasks used can be known. Runs that have not said so yet count when nothing else does. */
export function coverageOf(tasks: readonly KnownCoverage[]): Coverage {
  const known = tasks.filter((task) => task.level !== "unknown");
  if (known.length === 0) return { coverage: "unknown", coverageReason: "" };
  const lacking = known.filter((task) => task.level !== "exact");
  if (lacking.length === 0) return { coverage: "exact", coverageReason: "" };
  const isNone = known.every((task) => task.level === "none");
  const reason = lacking.find((task) => task.reason !== "")?.reason ?? "";
  return { coverage: isNone ? "none" : "partial", coverageReason: reason };
}

/** One entry per model; what cancels out between runs is gone. */
function sumDrift(drift: readonly UsageDrift[]): UsageDrift[] {
  const byModel = Map.groupBy(drift, (one) => one.model);
  return [...byModel].flatMap(([model, of]) => {
    const tokens = of.reduce((sum, one) => sum + one.tokens, 0);
    return tokens === 0 ? [] : [{ model, tokens }];
  });
}

/** Sums and coverage as the API shows them. */
export function toBreakdown(
  rows: readonly TaskSums[],
  tasks: readonly TaskCoverage[],
  reportedCost: UsageBreakdown["reportedCost"],
): UsageBreakdown {
  const total = toSummary(sumOf(rows.map((row) => row.sums)));
  const sum = (of: (row: TaskSums) => bigint): string =>
    formatUsd(rows.reduce((all, row) => all + of(row), 0n));
  return {
    total,
    notionalUsd: total.costUsd === null ? null : sum((row) => row.notionalPico),
    cacheSavedUsd: sum((row) => row.cacheSavedPico),
    reportedCost,
    byModel: byModel(rows),
    ...coverageOf(tasks),
    drift: sumDrift(tasks.flatMap((task) => task.drift)),
    asOf: latest(rows.map((row) => row.lastUsedAt)),
  };
}
