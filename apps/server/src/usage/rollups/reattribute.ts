import type { IssueId, ProjectId, RuntimeId, TaskId } from "@headcount/contract/kit/ids";
import { countMoveForBudgets } from "../../budgets/count-move.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure } from "../figures.ts";
import type { MeterDimensions, MeterPlace } from "../ledger/meter.ts";
import { moveMeters } from "../ledger/store-meters.ts";
import { dayTiersOf, readKeptZones } from "./day-tiers.ts";
import { foldedPoints } from "./folded-points.ts";
import { foldWholeTail } from "./fold-tail.ts";
import { lockSums } from "./lock-sums.ts";
import type { Places } from "./rolled-up.ts";
import { type Pivot, pivots, seriesColumns, type SeriesOfMeter } from "./pivots.ts";
import { seriesOfMeters } from "./series.ts";
import { addToRollups } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "beforeCommit">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type MeterSelection =
  | { readonly issueId: IssueId }
  | { readonly taskId: TaskId }
  | { readonly runtimeId: RuntimeId };

export type NewPlace = {
  readonly issueId?: IssueId;
  readonly projectId?: ProjectId | null;
  readonly runtimeId?: RuntimeId;
};

type MeterRow = MeterDimensions & SeriesOfMeter & { readonly id: number };

/**
 * Books everything that some meters have counted to another place. Both sides of every sum are
 * right when the transaction commits, whatever is booked meanwhile. The caller has locked the
 * issue or tasks whose meters move.
 */
export async function reattributeMeters(
  ctx: Ctx,
  selection: MeterSelection,
  to: NewPlace,
): Promise<void> {
  await lockSums(ctx);
  const meters = (await readMeters(ctx, selection)).filter((meter) => !isAt(meter, to));
  if (meters.length === 0) return;
  await foldWholeTail(ctx);
  // A plan for any number of meters and days takes three times as long to run as one for these.
  await ctx.sql`set local plan_cache_mode = force_custom_plan`;
  const targets = meters.map((meter) => ({ ...meter, ...to }));
  const series = await seriesOfMeters(ctx, targets);
  const moved = targets.map((meter, index) => ({ ...meter, ...series[index] }));
  const places = await placesOf(ctx, meters, changedPivots(meters, moved));
  if (places) await addToRollups(ctx, signed(ctx, meters, "-"), places);
  await countMoveForBudgets(ctx, moved, to, () => moveMeters(ctx, moved));
  if (places) await addToRollups(ctx, signed(ctx, meters, "+"), places);
}

function readMeters(ctx: Ctx, selection: MeterSelection): Promise<MeterRow[]> {
  const { sql } = ctx;
  const chosen = (): ReturnType<typeof sql> => {
    if ("issueId" in selection) return sql`issue_id = ${selection.issueId}`;
    if ("taskId" in selection) return sql`task_id = ${selection.taskId}`;
    return sql`runtime_id = ${selection.runtimeId}`;
  };
  return sql<MeterRow[]>`
    select id, kind, to_char(month, 'YYYY-MM-DD') as month, task_id, session_key, lease, issue_id,
      project_id, agent_id, runtime_id, member_id, provider, model, role, source, billing_mode,
      failure_class, ${sql.unsafe(seriesColumns)}
    from usage_meters where workspace_id = ${ctx.workspaceId} and ${chosen()}
    order by id for update`;
}

function isAt(meter: MeterPlace, to: NewPlace): boolean {
  return Object.entries(to).every(([dimension, id]) => meter[dimension as keyof MeterPlace] === id);
}

/** Pivots in which a meter adds to another series than before. */
function changedPivots(before: readonly SeriesOfMeter[], after: readonly SeriesOfMeter[]): Pivot[] {
  return pivots.filter((pivot) =>
    before.some((meter, index) => meter[`${pivot}Series`] !== after[index]?.[`${pivot}Series`]),
  );
}

/** Null when nothing has been counted yet. */
async function placesOf(
  ctx: Ctx,
  meters: readonly MeterRow[],
  changed: readonly Pivot[],
): Promise<Places | null> {
  const [bounds] = await ctx.sql<{ from: Date | null; to: Date | null }[]>`
    select min(bucket_at) as "from", max(bucket_at) as "to"
    from ${foldedPoints(ctx, meters)} as folded`;
  if (changed.length === 0 || !bounds?.from || !bounds.to) return null;
  const days = dayTiersOf(await readKeptZones(ctx), bounds.from, bounds.to);
  return { pivots: changed, hours: "with", days };
}

function signed(ctx: Ctx, meters: readonly MeterRow[], sign: "+" | "-"): Fragment {
  const figures = eachFigure(ctx.sql, (figure) => `${sign}${figure} as ${figure}`);
  return ctx.sql`(
    select meter_id, bucket_at, ${figures} from ${foldedPoints(ctx, meters)} as folded)`;
}
