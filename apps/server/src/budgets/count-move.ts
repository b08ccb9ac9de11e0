import type { BudgetScope } from "@headcount/contract/budgets/words";
import { bucketOf } from "@headcount/domain/usage/buckets";
import type { WorkspaceContext } from "../platform/context.ts";
import { type Figure, figureColumns } from "../usage/figures.ts";
import { foldedPoints } from "../usage/rollups/folded-points.ts";
import type { MeterOfTask } from "../usage/rollups/task-points.ts";
import type { TailRow } from "../usage/rollups/tail-row.ts";
import { countFor } from "./count-spend.ts";
import { figuresThatCount } from "./measure.ts";
import { readCovering } from "./read-covering.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "beforeCommit">;

/** What meters are moved along. */
type Moved = { readonly projectId?: unknown; readonly issueId?: unknown };

/**
 * Moves what meters have counted from the budgets of the place that they leave to those of the place
 * that they come to. The caller holds the lock of `lockSums`, has folded the tail, and keeps the
 * meters from growing.
 */
export async function countMoveForBudgets(
  ctx: Ctx,
  meters: readonly MeterOfTask[],
  to: Moved,
  move: () => Promise<void>,
): Promise<void> {
  const scopes = scopesOf(to);
  const covering = async () => {
    if (scopes.length === 0) return [];
    const budgets = await readCovering(
      ctx,
      meters.map((meter) => meter.id),
    );
    return budgets.filter((budget) => scopes.includes(budget.scope));
  };
  const left = await covering();
  await move();
  const reached = await covering();
  if (left.length + reached.length === 0) return;
  const rows = await readRows(ctx, meters);
  countFor(ctx, left, rows, -1n);
  countFor(ctx, reached, rows, 1n);
}

function scopesOf({ projectId, issueId }: Moved): BudgetScope[] {
  return [
    ...(projectId === undefined ? [] : (["project"] as const)),
    ...(issueId === undefined ? [] : (["issue"] as const)),
  ];
}

async function readRows(ctx: Ctx, meters: readonly MeterOfTask[]): Promise<TailRow[]> {
  type Row = { meterId: number; bucketAt: Date } & Readonly<Record<string, unknown>>;
  const rows = await ctx.sql<Row[]>`
    select meter_id, bucket_at, ${figureColumns(ctx.sql, figuresThatCount)}
    from ${foldedPoints(ctx, meters)} as folded`;
  return rows.map((row) => ({
    meterId: row.meterId,
    bucketAt: bucketOf(row.bucketAt),
    figures: Object.fromEntries(
      figuresThatCount.map((figure) => [figure, toBigInt(row[camel(figure)])]),
    ),
  }));
}

const toBigInt = (value: unknown): bigint => (typeof value === "string" ? BigInt(value) : 0n);
const camel = (figure: Figure): string =>
  figure.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
