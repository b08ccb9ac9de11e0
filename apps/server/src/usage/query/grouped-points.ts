import { isAxis } from "@headcount/domain/usage/query/arrange-groups";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { Piece } from "@headcount/domain/usage/query/plan-pieces";
import type { WorkspaceContext } from "../../platform/context.ts";
import { bucketPoints, hourTier, meterPoints, rollupPoints } from "../rollups/points.ts";
import { dimensionsOf } from "./dimensions-of.ts";
import { figuresToRead, kindsOf, summedFigures } from "./figure-columns.ts";
import { fits } from "./fits.ts";
import { groupColumn } from "./group-columns.ts";
import { ledgerPoints } from "./ledger-points.ts";
import type { Question } from "./question.ts";

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
  const sums = summedFigures(sql, figures);
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
        from ${pointsOf(ctx, question, reading)} p where ${fits(sql, question)} group by 1, 2)`;
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
