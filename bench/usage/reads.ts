import type { UsageGrouping, UsageMetric } from "@headcount/contract/usage/query-words";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { resolveRange } from "@headcount/domain/usage/query/resolve-range";
import { figuresOf } from "@headcount/domain/usage/query/measures";
import type { Question } from "@headcount/server/usage/query/question";
import { readGroups } from "@headcount/server/usage/query/read-groups";
import { percentile } from "../lib/figures.ts";
import type { BenchWorkspace, Fleet } from "./fleet.ts";
import { zones } from "./make-history.ts";
import type { Books } from "./open-books.ts";
import { runWorker } from "./run-worker.ts";

export type ReadsJob = {
  readonly url: string;
  readonly token: string;
  readonly paths: readonly string[];
  readonly rounds: number;
};

/** By path, in the order asked for. */
export type ReadsReport = { readonly latenciesMs: readonly (readonly number[])[] };

type Dashboard = {
  readonly name: string;
  readonly metrics: readonly UsageMetric[];
  readonly groupBy: readonly UsageGrouping[];
};

const money = ["tokens", "cost", "cache_savings"] as const;

/** What the views of usage ask for. */
export const dashboards: readonly Dashboard[] = [
  { name: "per day", metrics: money, groupBy: ["time"] },
  { name: "per day and model", metrics: money, groupBy: ["time", "model"] },
  { name: "per day and agent", metrics: ["cost"], groupBy: ["time", "agent"] },
  { name: "per day and project", metrics: ["cost"], groupBy: ["time", "project"] },
  { name: "by model", metrics: [...money, "unpriced_tokens"], groupBy: ["model"] },
  { name: "by agent", metrics: [...money, "tasks", "run_time"], groupBy: ["agent"] },
  { name: "by project", metrics: money, groupBy: ["project"] },
  { name: "by member", metrics: money, groupBy: ["member"] },
  { name: "by runtime", metrics: money, groupBy: ["runtime"] },
  { name: "by agent and model", metrics: money, groupBy: ["agent", "model"] },
  { name: "by project and model", metrics: money, groupBy: ["project", "model"] },
  { name: "tasks and failures", metrics: ["tasks", "failures", "run_time"], groupBy: ["time"] },
];

/** Views by hour of the day, which no sum per day can answer. */
export const hourDashboards: readonly Dashboard[] = [
  { name: "by hour of day", metrics: money, groupBy: ["hour"] },
];

export const rangesInDays = [7, 30, 90, 365] as const;
type Zone = (typeof zones)[number];

/** How long one question took, each time it was asked. */
export type Reading = {
  readonly days: number;
  readonly zone: Zone;
  readonly dashboard: string;
  readonly databaseMs: readonly number[];
  readonly httpMs: readonly number[];
};

export type ReadPlan = {
  readonly workspace: BenchWorkspace;
  readonly asked: readonly Dashboard[];
  readonly days: readonly number[];
  readonly rounds: number;
};

/** Asks every question several times: inside of a transaction of the server, and over HTTP. */
export async function measureReads(books: Books, fleet: Fleet, plan: ReadPlan): Promise<Reading[]> {
  const questions = plan.days.flatMap((days) =>
    zones.flatMap((zone) => plan.asked.map((dashboard) => ({ days, zone, dashboard }))),
  );
  const { latenciesMs } = await runWorker<ReadsReport>({
    kind: "reads",
    url: books.url,
    token: fleet.ownerToken,
    paths: questions.map((question) => pathOf(plan.workspace, question)),
    rounds: plan.rounds,
  });
  const readings: Reading[] = [];
  for (const [index, question] of questions.entries()) {
    const databaseMs = await askDatabase(books, plan, question);
    const { days, zone, dashboard } = question;
    const httpMs = latenciesMs[index] ?? [];
    readings.push({ days, zone, dashboard: dashboard.name, databaseMs, httpMs });
  }
  return readings;
}

type Asked = { readonly days: number; readonly zone: Zone; readonly dashboard: Dashboard };

function pathOf({ slug }: BenchWorkspace, { days, zone, dashboard }: Asked): string {
  const query = new URLSearchParams({
    metrics: dashboard.metrics.join(","),
    group_by: dashboard.groupBy.join(","),
    days: String(days),
    tz: zone,
  });
  return `/api/w/${slug}/usage/query?${query}`;
}

/** The statements of the engine on an open transaction: planning, execution and the way of the rows. */
function askDatabase(books: Books, plan: ReadPlan, asked: Asked): Promise<number[]> {
  return books.inWorkspace(plan.workspace.id, "read", async (ctx) => {
    const question = questionOf(asked, ctx.now);
    const times: number[] = [];
    for (let round = 0; round <= plan.rounds; round += 1) {
      const startedAt = performance.now();
      await readGroups(ctx, question);
      if (round > 0) times.push(performance.now() - startedAt);
    }
    return times;
  });
}

function questionOf({ days, zone: asked, dashboard }: Asked, now: Date): Question {
  const zone = canonicalZone(asked);
  const { groupBy, metrics } = dashboard;
  const bucket = groupBy.includes("time") ? "day" : null;
  const range = resolveRange({ zone, bucket, nowMs: now.getTime(), days });
  if (!range.ok) throw new Error(`The range of ${days} days is refused: ${range.reason}`);
  const figures = figuresOf(metrics);
  return {
    range: range.value,
    zone,
    bucket,
    groupBy,
    filters: [],
    figures,
    agents: "untold",
    top: null,
  };
}

/** Of all times of some readings. */
export function spreadOf(readings: readonly Reading[], where: "databaseMs" | "httpMs") {
  const times = readings.flatMap((reading) => reading[where]);
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}
