import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { FigureName } from "@headcount/domain/usage/query/measures";
import { type Piece, planPieces } from "@headcount/domain/usage/query/plan-pieces";
import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure } from "../figures.ts";
import { bucketPoints } from "../rollups/points.ts";
import { figuresToRead, kindsOf } from "./figure-columns.ts";
import { fits } from "./fits.ts";
import { ledgerPoints } from "./ledger-points.ts";
import type { Filter } from "./question.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type PointsBehind = {
  readonly range: TimeRange;
  readonly filters: readonly Filter[];
  readonly figures: readonly FigureName[];
};

/**
 * A relation of the points that figures are summed over, with every dimension, the task and its
 * issue too. Whatever sums answer a question, these add up to the same.
 */
export function pointsBehind(ctx: Ctx, { range, filters, figures }: PointsBehind): Fragment {
  const { sql } = ctx;
  const columns = figuresToRead({ figures, agents: "untold" });
  const kinds = kindsOf({ figures, agents: "untold" });
  const pointsOf = ({ fromMs, toMs, source }: Piece): Fragment => {
    const between = { from: new Date(fromMs), to: new Date(toMs) };
    const points =
      source.kind === "ledger"
        ? ledgerPoints(ctx, between, kinds)
        : bucketPoints(ctx, between, kinds);
    return sql`select p.task_id, p.issue_id, p.runtime_id, p.agent_id, p.project_id, p.member_id,
        p.provider, p.model, p.role, p.failure_class, p.bucket_at,
        ${eachFigure(sql, (figure) => `p.${figure}`, columns)}
      from ${points} p where ${fits(sql, { filters })}`;
  };
  const [first, ...further] = planPieces({
    range,
    // Nothing is cut by a calendar here: quarters of an hour are the same everywhere.
    zone: "UTC",
    grain: "15min",
    dimensions: new Set(["issue"]),
    hasDays: false,
  });
  if (first === undefined) throw new Error("A range has at least one piece");
  const all = further.reduce<Fragment>(
    (before, piece) => sql`${before} union all ${pointsOf(piece)}`,
    pointsOf(first),
  );
  return sql`(${all})`;
}
