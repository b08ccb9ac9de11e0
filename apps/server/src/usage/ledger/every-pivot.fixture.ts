import { expect } from "vitest";
import type { IssueId } from "@headcount/contract/kit/ids";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageFigure, UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import {
  type UsageGrouping,
  usageGroupings,
  type UsageMetric,
  usageMetrics,
} from "@headcount/contract/usage/query-words";
import { parseUsd } from "@headcount/domain/usage/money";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { TestApp } from "../../testing/test-app.ts";
import { queryUsage } from "../query/query-usage.ts";
import { readTaskSums } from "../query/read-task-sums.ts";
import { findUsageDifferences } from "../verify/find-differences.ts";

/** Figures that can be added up; an agent that is active twice is one active agent. */
const additive = usageMetrics.filter((metric) => metric !== "active_agents");

/** A figure of every metric, money in pico-dollars; null means nothing. */
export type Sums = Readonly<Partial<Record<UsageMetric, bigint>>>;

/**
 * Looks at the books in one snapshot: every stored sum is what the ledger says, and every grouping
 * that is asked for adds up to the same. @returns that total
 */
export async function expectOneTruth(
  test: TestApp,
  issueIds: readonly IssueId[],
  groupings: readonly (readonly UsageGrouping[])[],
): Promise<Sums> {
  const { value } = await test.app.runner.inWorkspace({
    workspaceId: test.workspaceId,
    mode: "read",
    request: { ipPrefix: null, userAgent: "" },
    resolveActor: async () =>
      ({ kind: "member", userId: test.alice.userId, role: "owner" }) as const,
    run: async (ctx) => {
      expect(await findUsageDifferences(ctx)).toEqual([]);
      expect(await countStrays(ctx)).toBe(0);
      const total = totalOf(await ask(ctx, []));
      for (const groupBy of groupings) {
        const reply = await ask(ctx, groupBy);
        const name = groupBy.join(" and ");
        expect(totalOf(reply), `the total beside ${name}`).toEqual(total);
        expect(sumOfRows(reply), `the sum by ${name}`).toEqual(total);
      }
      const tasks = await Promise.all(issueIds.map((issueId) => readTaskSums(ctx, { issueId })));
      const input = tasks.flat().reduce((sum, task) => sum + task.sums.tokens.input, 0n);
      expect(input + (await readUnmanaged(ctx)), "the sum by task").toBe(total.input);
      return total;
    },
  });
  return value;
}

/** Every single grouping. */
export const eachGrouping: readonly (readonly UsageGrouping[])[] = usageGroupings.map((one) => [
  one,
]);

/** Input tokens of sessions that Headcount did not start. */
async function readUnmanaged({ sql, workspaceId }: WorkspaceContext): Promise<bigint> {
  const [row] = await sql<{ input: string }[]>`
    select coalesce(sum(input), 0) as input from usage_meters
    where workspace_id = ${workspaceId} and task_id is null`;
  return BigInt(row?.input ?? 0);
}

/** Meters that name another project than their issue does. */
async function countStrays({ sql, workspaceId }: WorkspaceContext): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from usage_meters m
    join issues i on i.workspace_id = m.workspace_id and i.id = m.issue_id
    where m.workspace_id = ${workspaceId} and m.project_id is distinct from i.project_id`;
  return row?.count ?? 0;
}

async function ask(
  ctx: WorkspaceContext,
  groupBy: readonly UsageGrouping[],
): Promise<UsageQueryReply> {
  if (queryUsage.kind !== "workspace") throw new Error("Usage is asked for in a workspace");
  const input = usageQueries.query.input.parse({
    workspace: "acme",
    metrics: additive.join(","),
    group_by: groupBy.join(","),
    tz: "Asia/Kathmandu",
    days: 3,
    limit: 1_000,
  });
  return usageQueries.query.output.parse(await queryUsage.run(ctx, input as never));
}

function totalOf({ totals }: UsageQueryReply): Sums {
  return sumOf((metric) => bigintOf(metric, totals[metric]));
}

function sumOfRows({ rows }: UsageQueryReply): Sums {
  return sumOf((metric) =>
    rows.reduce((sum, row) => sum + bigintOf(metric, row.metrics[metric]), 0n),
  );
}

function sumOf(of: (metric: UsageMetric) => bigint): Sums {
  return Object.fromEntries(additive.map((metric) => [metric, of(metric)]));
}

const money: ReadonlySet<UsageMetric> = new Set(["cost", "notional", "cache_savings"]);

function bigintOf(metric: UsageMetric, figure: UsageFigure | undefined): bigint {
  if (figure === null || figure === undefined) return 0n;
  if (!money.has(metric)) return BigInt(figure);
  const pico = parseUsd(String(figure));
  if (!pico.ok) throw new Error(`${metric} is no amount of money: ${figure}`);
  return pico.value;
}
