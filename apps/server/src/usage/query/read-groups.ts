import type { UsageDimension, UsageGrouping } from "@headcount/contract/usage/query-words";
import {
  type Group,
  type GroupKey,
  mergeGroups,
} from "@headcount/domain/usage/query/arrange-groups";
import { cutTime, type TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { FigureName, FigureSums } from "@headcount/domain/usage/query/measures";
import { type Piece, planPieces, type TimeGrain } from "@headcount/domain/usage/query/plan-pieces";
import type { WorkspaceContext } from "../../platform/context.ts";
import { type Figure, taskFigures, usageFigures } from "../figures.ts";
import { noModel } from "../ledger/book-task.ts";
import { readKeptZones } from "../rollups/day-tiers.ts";
import { rememberZone } from "../rollups/folder.ts";
import { mostKeptZones } from "../rollups/keep-zone.ts";
import { bucketPoints, hourTier, rollupPoints } from "../rollups/points.ts";
import { columnOf, groupColumn } from "./group-columns.ts";
import { ledgerPoints } from "./ledger-points.ts";
import { type GroupRow, keepTop } from "./keep-top.ts";
import { plainBuckets } from "./plain-buckets.ts";
import type { Filter, Question } from "./question.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "afterCommit" | "services">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * Answers a question from the narrowest sums that can, in the snapshot of the transaction: one row
 * per combination of what is told apart, exact as of the last commit.
 */
export async function readGroups(ctx: Ctx, question: Question): Promise<readonly Group[]> {
  if (question.filters.some(isImpossible)) return [];
  const slots = slotsOf(question);
  const dayTier = await readDayTier(ctx, question.zone);
  const pieces = planPieces({
    range: question.range,
    zone: question.zone,
    grain: grainOf(question),
    dimensions: dimensionsOf(question),
    hasDays: dayTier !== null,
  });
  const groups = await Promise.all(
    pieces.map((piece) => readPiece(ctx, question, { piece, slots, dayTier })),
  );
  const all = groups.flat().filter(isSomething);
  return pieces.length > 1 ? mergeGroups(all).filter(isSomething) : all;
}

/** The buckets along the axis of time; empty without a grouping by time. */
export function slotsOf(question: Question): readonly TimeSlot[] {
  if (question.bucket === null) return [];
  return cutTime(question.zone, question.bucket, question.range);
}

/** Corrections and moves leave sums of zero behind. */
const isSomething = ({ measured }: Group): boolean =>
  Object.values(measured.sums).some((sum) => sum !== 0n);

const other: GroupKey = { kind: "other", value: null };

const isImpossible = (filter: Filter): boolean =>
  filter.values.length === 0 && filter.none === "left_out";

/** The tier of the zone's days; where there is none yet, they are asked to be kept from now on. */
async function readDayTier(ctx: Ctx, zone: string): Promise<number | null> {
  const kept = await readKeptZones(ctx);
  const found = kept.find((one) => one.zone === zone);
  if (!found && kept.length < mostKeptZones) rememberZone(ctx, zone);
  return found?.tier ?? null;
}

function grainOf({ groupBy, bucket }: Question): TimeGrain {
  if (bucket === "5min" || bucket === "15min") return bucket;
  if (bucket === "hour" || groupBy.includes("hour")) return "hour";
  return bucket !== null || groupBy.includes("weekday") ? "day" : "range";
}

function dimensionsOf({ groupBy, filters, agents }: Question): ReadonlySet<UsageDimension> {
  const isDimension = (grouping: UsageGrouping): grouping is UsageDimension => grouping in columnOf;
  return new Set([
    ...groupBy.filter(isDimension),
    ...filters.map((filter) => filter.dimension),
    ...(agents === "told" ? (["agent"] as const) : []),
  ]);
}

type Reading = {
  readonly piece: Piece;
  readonly slots: readonly TimeSlot[];
  readonly dayTier: number | null;
};

async function readPiece(ctx: Ctx, question: Question, reading: Reading): Promise<Group[]> {
  const { groupBy, figures } = question;
  const isWhole =
    reading.piece.fromMs === question.range.fromMs && reading.piece.toMs === question.range.toMs;
  const grouped = groupedPoints(ctx, question, reading);
  const rows = await (question.top !== null && isWhole && isByIssue(question)
    ? keepTop(ctx.sql, grouped, { figures, top: question.top })
    : ctx.sql<GroupRow[]>`
        select g0::text, g1::text, agents, false as is_rest, ${asText(ctx.sql, figures)}
        from ${grouped} as grouped`);
  return rows.map((row) => ({
    keys: groupBy.map((grouping, at) =>
      row.isRest ? other : keyOf(grouping, at === 0 ? row.g0 : row.g1, reading.slots),
    ),
    measured: { sums: sumsOf(row, figures), agents: new Set(row.agents ?? []) },
  }));
}

const asText = (sql: Ctx["sql"], figures: readonly FigureName[]) =>
  sql.unsafe(figures.map((_, at) => `f${at}::text`).join(", "));

/** Everything else has so few rows that they can be counted here. */
const isByIssue = ({ groupBy, agents }: Question): boolean =>
  groupBy.length === 1 && groupBy[0] === "issue" && agents === "untold";

/** Several columns are added within a row: one sum is cheaper than five. */
const added: Readonly<Partial<Record<FigureName, readonly Figure[]>>> = {
  tokens: ["input", "cache_read", "cache_write_5m", "cache_write_1h", "output"],
  cache_write: ["cache_write_5m", "cache_write_1h"],
  tasks: [
    "tasks_done",
    "tasks_no_response",
    "tasks_needs_input",
    "tasks_failed",
    "tasks_cancelled",
  ],
};

const columnsOf = (name: FigureName): readonly string[] => added[name] ?? [name];

const expressionOf = (name: FigureName): string =>
  columnsOf(name)
    .map((column) => `p.${column}`)
    .join(" + ");

/** A relation with g0 and g1, what is told apart, the agents, and the sums f0, f1 … of the figures. */
function groupedPoints(ctx: Ctx, question: Question, reading: Reading): Fragment {
  const { sql } = ctx;
  const { groupBy, figures, agents } = question;
  const column = (at: 0 | 1): Fragment => {
    const grouping = groupBy[at];
    return grouping === undefined
      ? sql`null::text`
      : groupColumn(sql, grouping, { question, slots: reading.slots });
  };
  // Aliases by number: a figure's own name would lose its underscores on the way.
  const sums = sql.unsafe(
    figures.map((name, at) => `sum(${expressionOf(name)}) as f${at}`).join(", "),
  );
  const told =
    agents === "told"
      ? sql`array_agg(distinct p.agent_id::text)
          filter (where p.events > 0 and p.agent_id is not null)`
      : sql`null::text[]`;
  const isPlain = reading.piece.source.kind === "buckets" && dimensionsOf(question).size === 0;
  const { fromMs, toMs } = reading.piece;
  return isPlain
    ? sql`(select ${column(0)} as g0, ${column(1)} as g1, ${told} as agents, ${sums}
        from ${plainBuckets(ctx, { from: new Date(fromMs), to: new Date(toMs) })} p group by 1, 2)`
    : sql`(select ${column(0)} as g0, ${column(1)} as g1, ${told} as agents, ${sums}
        from ${pointsOf(ctx, reading)} p where ${conditions(sql, question)} group by 1, 2)`;
}

function pointsOf(ctx: Ctx, { piece, dayTier }: Reading): Fragment {
  const range = { from: new Date(piece.fromMs), to: new Date(piece.toMs) };
  const { source } = piece;
  switch (source.kind) {
    case "ledger":
      return ledgerPoints(ctx, range);
    case "buckets":
      return bucketPoints(ctx, range);
    case "rollup": {
      const tier = source.tier === "hour" ? hourTier : dayTier;
      if (tier === null) throw new Error("Days were planned that are not kept");
      return rollupPoints(ctx, { ...range, pivot: source.pivot, tier });
    }
  }
}

function conditions(sql: Ctx["sql"], { filters, figures, agents }: Question): Fragment {
  const usage: ReadonlySet<string> = new Set(usageFigures);
  const task: ReadonlySet<string> = new Set(taskFigures);
  const columns = figures.flatMap(columnsOf);
  const kinds = [
    ...(agents === "told" || columns.some((name) => usage.has(name)) ? ["usage"] : []),
    ...(columns.some((name) => task.has(name)) ? ["task"] : []),
  ];
  return filters.reduce<Fragment>(
    (all, filter) => sql`${all} and ${condition(sql, filter)}`,
    sql`p.kind = any(${kinds}::text[])`,
  );
}

/** Dimensions that are told apart by id; the others by name. */
const ids: ReadonlySet<UsageDimension> = new Set([
  "agent",
  "project",
  "runtime",
  "member",
  "issue",
]);

function condition(sql: Ctx["sql"], { dimension, values, none }: Filter): Fragment {
  const column = sql`p.${sql(columnOf[dimension])}`;
  const isAny: Fragment = ids.has(dimension)
    ? sql`${column} = any(${[...values]}::uuid[])`
    : sql`${column} = any(${[...values]}::text[])`;
  if (none === "left_out") return isAny;
  return dimension === "model"
    ? sql`(${isAny} or ${column} = ${noModel})`
    : sql`(${isAny} or ${column} is null)`;
}

function keyOf(
  grouping: UsageGrouping,
  value: string | null,
  slots: readonly TimeSlot[],
): GroupKey {
  if (value === null) return { kind: grouping === "agent" ? "unmanaged" : "none", value: null };
  if (grouping === "model" && value === noModel) return { kind: "none", value: null };
  if (grouping !== "time") return { kind: "value", value };
  const slot = slots[Number(value) - 1];
  if (!slot) throw new Error("Usage lies outside of the range that was read");
  return { kind: "value", value: new Date(slot.startsAtMs).toISOString() };
}

/** Sums of no rows at all are null, and those of figures that none of the rows has. */
function sumsOf(row: Record<string, unknown>, figures: readonly FigureName[]): FigureSums {
  const found = figures.flatMap((name, at) => {
    const text = row[`f${at}`];
    return typeof text === "string" ? [[name, BigInt(text)] as const] : [];
  });
  return Object.fromEntries(found);
}
