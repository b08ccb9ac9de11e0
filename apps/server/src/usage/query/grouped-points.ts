import { isAxis } from "@headcount/domain/usage/query/arrange-groups";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { PieceOrMinutes } from "@headcount/domain/usage/query/use-kept-minutes";
import type { WorkspaceContext } from "../../platform/context.ts";
import { minutePoints } from "../minutes/minute-points.ts";
import { bucketPoints, hourTier, meterPoints, rollupPoints } from "../rollups/points.ts";
import { dimensionsOf } from "./dimensions-of.ts";
import { figuresToRead, kindsOf, summedFigures } from "./figure-columns.ts";
import { fits } from "./fits.ts";
import { groupColumn } from "./group-columns.ts";
import { ledgerPoints } from "./ledger-points.ts";
import type { Question } from "./question.ts";
import type { LedgerPlaces } from "./read-ledger-places.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** One piece of a plan, and what it takes to read it. */
export type Reading = {
  readonly piece: PieceOrMinutes;
  readonly slots: readonly TimeSlot[];
  readonly dayTier: number | null;
  /** Where in the ledger its pieces have to be looked for. */
  readonly places: LedgerPlaces;
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
  const sums = summedFigures(sql, figures);
  const told =
    agents === "told"
      ? sql`array_agg(distinct p.agent_id::text)
          filter (where p.events > 0 and p.agent_id is not null)`
      : sql`null::text[]`;
  const plain = plainPoints(ctx, question, reading.piece);
  return plain
    ? sql`(select ${column(0)} as g0, ${column(1)} as g1, ${told} as agents, ${sums}
        from ${plain} p group by 1, 2)`
    : sql`(select ${column(0)} as g0, ${column(1)} as g1, ${told} as agents, ${sums}
        from ${pointsOf(ctx, question, reading)} p where ${fits(sql, question)} group by 1, 2)`;
}

/** Points without dimensions, where the question tells none apart. */
function plainPoints(ctx: Ctx, question: Question, piece: PieceOrMinutes): Fragment | null {
  const range = { from: new Date(piece.fromMs), to: new Date(piece.toMs) };
  if (piece.source.kind === "minutes") return minutePoints(ctx, range, kindsOf(question));
  if (piece.source.kind !== "buckets" || dimensionsOf(question).size > 0) return null;
  return meterPoints(ctx, range, kindsOf(question));
}

function pointsOf(ctx: Ctx, question: Question, { piece, dayTier, places }: Reading): Fragment {
  const range = { from: new Date(piece.fromMs), to: new Date(piece.toMs) };
  const { source } = piece;
  switch (source.kind) {
    case "ledger":
      return ledgerPoints(ctx, { ...range, places }, kindsOf(question));
    case "minutes":
      throw new Error("Minutes have no dimensions");
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
