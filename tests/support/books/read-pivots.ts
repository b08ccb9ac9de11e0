import type { IssueId, TaskId } from "@headcount/contract/kit/ids";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageFigure, UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import { usage } from "@headcount/contract/usage/routes";
import type { TokenTotals, UsageSummary } from "@headcount/contract/usage/schemas";
import type { TestApp } from "@headcount/server/testing/test-app";
import { rowsOf } from "./rows-of.ts";

const workspace = "acme";

const tokenClasses = [
  "input",
  "cacheRead",
  "cacheWrite5m",
  "cacheWrite1h",
  "output",
  "reasoning",
] as const;
export type Tokens = Readonly<Record<(typeof tokenClasses)[number], bigint>>;

export type BookedModel = Tokens & {
  readonly provider: string;
  readonly model: string;
  readonly costUsd: string | null;
  readonly unpricedTokens: bigint;
};

/** The same sum by every way there is to ask for it. */
export type Pivots = {
  readonly byModel: readonly BookedModel[];
  /** Where a total was asked for, and what it was: all have to be the same. */
  readonly totals: Readonly<Record<string, Tokens>>;
  readonly costs: Readonly<Record<string, UsageFigure>>;
  /** Tokens of all classes per calendar day of the zone, days without any left out. */
  readonly days: Readonly<Record<string, bigint>>;
  /** Tasks by the day in which they ended. */
  readonly tasks: number;
  readonly differences: readonly unknown[];
};

/** Between them, everything that usage can be told apart by. */
const groupings = [
  ["agent", "model"],
  ["project", "provider"],
  ["runtime", "role"],
  ["member", "issue"],
  ["time"],
] as const;
const queryMetrics = [
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "cost",
  "events",
] as const;

type Counted = { readonly taskId: TaskId; readonly issueId: IssueId };

export async function readPivots(
  test: TestApp,
  runs: readonly Counted[],
  zone: string,
): Promise<Pivots> {
  const { alice } = test;
  const period = { workspace, days: 365, tz: zone };
  const summary = await alice.call(usage.summary, period);
  const daily = await alice.call(usage.daily, period);
  const tasks = [];
  const issues = [];
  for (const { taskId, issueId } of runs) {
    tasks.push((await alice.call(usage.task, { workspace, taskId })).total);
    issues.push((await alice.call(usage.issue, { workspace, issue: issueId })).total);
  }
  const asked = await Promise.all(
    groupings.map((groupBy) =>
      alice.call(usageQueries.query, {
        workspace,
        days: 365,
        tz: zone,
        metrics: [...queryMetrics],
        group_by: [...groupBy],
      }),
    ),
  );
  const { differences } = await alice.call(usage.verify, { workspace });
  return {
    byModel: summary.byModel.map(({ provider, model, usage: sums }) => ({
      provider,
      model,
      ...tokensOf(sums.tokens),
      costUsd: sums.costUsd,
      unpricedTokens: BigInt(sums.unpricedTokens),
    })),
    totals: {
      ledger: await readLedger(test),
      workspace: tokensOf(summary.total.tokens),
      models: sumOf(summary.byModel.map((row) => row.usage)),
      agents: sumOf(summary.byAgent.map((row) => row.usage)),
      daily: tokensOf(daily.total.tokens),
      days: sumOf(daily.days.map((day) => day.usage)),
      // Sessions that Headcount did not start belong to no task.
      ...(runs.length === 0 ? {} : { tasks: sumOf(tasks), issues: sumOf(issues) }),
      ...Object.fromEntries(asked.map((reply) => [reply.groupBy.join(" and "), rowsSum(reply)])),
    },
    costs: {
      workspace: summary.total.costUsd,
      daily: daily.total.costUsd,
      ...Object.fromEntries(
        // Of nothing at all the query says $0, the others that they do not know.
        asked.map(({ groupBy, rows, totals }) => [
          groupBy.join(" and "),
          rows.length === 0 || totals.events === 0 ? null : (totals.cost ?? null),
        ]),
      ),
    },
    days: Object.fromEntries(
      daily.days
        .map((day) => [day.date, BigInt(day.usage.tokens.total)] as const)
        .filter(([, tokens]) => tokens > 0n),
    ),
    tasks: summary.tasks,
    differences,
  };
}

async function readLedger(test: TestApp): Promise<Tokens> {
  const [row] = await rowsOf<Record<keyof Tokens, string>>(
    test,
    (tx) => tx`
      select coalesce(sum(input), 0) as input, coalesce(sum(cache_read), 0) as cache_read,
        coalesce(sum(cache_write_5m), 0) as "cacheWrite5m",
        coalesce(sum(cache_write_1h), 0) as "cacheWrite1h", coalesce(sum(output), 0) as output,
        coalesce(sum(reasoning), 0) as reasoning
      from usage_events where workspace_id = ${test.workspaceId}`,
  );
  if (!row) throw new Error("A sum gives one row");
  return tokensOf(row);
}

function rowsSum({ rows }: UsageQueryReply): Tokens {
  const sum = (metric: (typeof queryMetrics)[number]): bigint =>
    rows.reduce((total, row) => total + BigInt(row.metrics[metric] ?? 0), 0n);
  return {
    input: sum("input"),
    cacheRead: sum("cache_read"),
    cacheWrite5m: sum("cache_write_5m"),
    cacheWrite1h: sum("cache_write_1h"),
    output: sum("output"),
    reasoning: sum("reasoning"),
  };
}

function tokensOf(counts: Readonly<Record<keyof Tokens, string | number>>): Tokens {
  return mapTokens((name) => BigInt(counts[name]));
}

function sumOf(list: readonly Pick<UsageSummary, "tokens">[]): Tokens {
  return mapTokens((name) =>
    list.reduce((sum, { tokens }) => sum + BigInt(tokens[name as keyof TokenTotals]), 0n),
  );
}

export function mapTokens(of: (name: keyof Tokens) => bigint): Tokens {
  return {
    input: of("input"),
    cacheRead: of("cacheRead"),
    cacheWrite5m: of("cacheWrite5m"),
    cacheWrite1h: of("cacheWrite1h"),
    output: of("output"),
    reasoning: of("reasoning"),
  };
}
