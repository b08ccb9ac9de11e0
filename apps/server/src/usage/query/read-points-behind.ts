import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { FigureName } from "@headcount/domain/usage/query/measures";
import { type Piece, planPieces } from "@headcount/domain/usage/query/plan-pieces";
import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure } from "../figures.ts";
import { bucketPoints } from "../rollups/points.ts";
import { figuresToRead, kindsOf } from "./figure-columns.ts";
import { fits } from "./fits.ts";
import { ledgerPoints } from "./ledger-points.ts";
import { planAnew } from "./plan-anew.ts";
import type { Filter } from "./question.ts";
import { readLedgerPlaces } from "./read-ledger-places.ts";
import { refuseArchived } from "./refuse-archived.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type PointsBehind = {
  readonly range: TimeRange;
  readonly filters: readonly Filter[];
  readonly figures: readonly FigureName[];
};

/**
 * Reads something from the points that figures are summed over.
 * @param read gets a relation of them with every dimension, the task and its issue too. Whatever
 * sums answer a question, these add up to the same.
 * @throws invalid where events that it needs were archived
 */
export async function readPointsBehind<T>(
  ctx: Ctx,
  { range, filters, figures }: PointsBehind,
  read: (points: Fragment) => Promise<T>,
): Promise<T> {
  const { sql } = ctx;
  const asked = { figures, agents: "untold" } as const;
  const columns = eachFigure(sql, (figure) => `p.${figure}`, figuresToRead(asked));
  const kinds = kindsOf(asked);
  const isWanted = fits(sql, { filters });
  const pieces = planPieces({
    range,
    // Nothing is cut by a calendar here: quarters of an hour are the same everywhere.
    zone: "UTC",
    grain: "15min",
    dimensions: new Set(["issue"]),
    hasDays: false,
  });
  const [places] = await Promise.all([
    readLedgerPlaces(ctx, pieces.filter(isLedger), isWanted),
    planAnew(ctx),
  ]);
  if (kinds.has("usage")) refuseArchived(places, "range");
  const pointsOf = (piece: Piece): Fragment => {
    const between = { from: new Date(piece.fromMs), to: new Date(piece.toMs) };
    return isLedger(piece)
      ? ledgerPoints(ctx, { ...between, places }, kinds)
      : bucketPoints(ctx, between, kinds);
  };
  const points = pieces
    .map(
      (piece): Fragment => sql`
        select p.task_id, p.issue_id, p.runtime_id, p.agent_id, p.project_id, p.member_id,
          p.provider, p.model, p.role, p.failure_class, p.bucket_at, ${columns}
        from ${pointsOf(piece)} p where ${isWanted}`,
    )
    .reduce((all, one) => sql`${all} union all ${one}`);
  return read(sql`(${points})`);
}

const isLedger = ({ source }: Piece): boolean => source.kind === "ledger";
