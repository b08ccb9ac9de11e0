import type { UsageDimension } from "@headcount/contract/usage/query-words";
import { isAxis } from "@headcount/domain/usage/query/arrange-groups";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { FigureName } from "@headcount/domain/usage/query/measures";
import type { Piece } from "@headcount/domain/usage/query/plan-pieces";
import type { WorkspaceContext } from "../../platform/context.ts";
import { type Figure, taskFigures } from "../figures.ts";
import { noModel } from "../ledger/book-task.ts";
import {
  bucketPoints,
  hourTier,
  type Kinds,
  meterPoints,
  rollupPoints,
} from "../rollups/points.ts";
import { dimensionsOf } from "./dimensions-of.ts";
import { columnOf, groupColumn } from "./group-columns.ts";
import { ledgerPoints } from "./ledger-points.ts";
import type { Filter, Question } from "./question.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** One piece of a plan, and what it takes to read it. */
export type Reading = {
  readonly piece: Piece;
  readonly slots: readonly TimeSlot[];
  readonly dayTier: number | null;
};

/** A relation with g0 and g1, what is told apart, the agents, and the sums f0, f1 … of the figures. */
export function groupedPoints(ctx: Ctx, question: Question, reading: Reading): Fragment {
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
        from ${meterPoints(ctx, { from: new Date(fromMs), to: new Date(toMs) }, kindsOf(question))} p
        group by 1, 2)`
    : sql`(select ${column(0)} as g0, ${column(1)} as g1, ${told} as agents, ${sums}
        from ${pointsOf(ctx, question, reading)} p where ${conditions(sql, question)} group by 1, 2)`;
}

function pointsOf(ctx: Ctx, question: Question, { piece, dayTier }: Reading): Fragment {
  const range = { from: new Date(piece.fromMs), to: new Date(piece.toMs) };
  const { source } = piece;
  switch (source.kind) {
    case "ledger":
      return ledgerPoints(ctx, range, kindsOf(question));
    case "buckets":
      return bucketPoints(ctx, range, kindsOf(question));
    case "rollup": {
      const tier = source.tier === "hour" ? hourTier : dayTier;
      if (tier === null) throw new Error("Days were planned that are not kept");
      const times = question.groupBy.some(isAxis) ? "apart" : "together";
      const { pivot } = source;
      return rollupPoints(ctx, { ...range, pivot, tier, times, figures: figuresToRead(question) });
    }
  }
}

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

const columnsOf = (name: FigureName): readonly Figure[] =>
  // Every figure that is no sum of others is a column.
  added[name] ?? [name as Figure];

function figuresToRead({ figures, agents }: Question): readonly Figure[] {
  const told: readonly Figure[] = agents === "told" ? ["events"] : [];
  return [...new Set([...told, ...figures.flatMap(columnsOf)])];
}

function expressionOf(name: FigureName): string {
  const columns = columnsOf(name).map((column) => `p.${column}`);
  if (columns.length === 1) return columns.join("");
  return columns.map((column) => `coalesce(${column}, 0)`).join(" + ");
}

/** Whether usage, tasks or both have to be read. */
function kindsOf({ figures, agents }: Question): Kinds {
  const task: ReadonlySet<string> = new Set(taskFigures);
  const kinds = figures
    .flatMap(columnsOf)
    .map((name) => (task.has(name) ? ("task" as const) : ("usage" as const)));
  return new Set(agents === "told" ? ["usage", ...kinds] : kinds);
}

function conditions(sql: Ctx["sql"], { filters }: Question): Fragment {
  return filters.reduce<Fragment>(
    (all, filter) => sql`${all} and ${condition(sql, filter)}`,
    sql`true`,
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
