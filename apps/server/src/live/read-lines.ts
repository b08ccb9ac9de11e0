import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../platform/context.ts";
import { readKeptParts } from "./read-kept-parts.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

export type LineSums = { readonly linesAdded: number; readonly linesDeleted: number };

export const noLines: LineSums = { linesAdded: 0, linesDeleted: 0 };

type LineRow = { linesAdded: string | null; linesDeleted: string | null };

/** Lines that were changed in some stretches of the last week, in their order. */
export async function readLines(
  { sql, workspaceId }: Ctx,
  ranges: readonly TimeRange[],
): Promise<readonly LineSums[]> {
  const rows = await sql<(LineRow & { place: number })[]>`
    select place::int, added as lines_added, deleted as lines_deleted
    from unnest(${ranges.map(({ fromMs }) => new Date(fromMs).toISOString())}::timestamptz[],
      ${ranges.map(({ toMs }) => new Date(toMs).toISOString())}::timestamptz[])
      with ordinality as item(from_at, to_at, place)
    cross join lateral (
      select sum(lines_added) as added, sum(lines_deleted) as deleted from live_line_steps
      where workspace_id = ${workspaceId} and at >= from_at and at < to_at) as steps`;
  return ranges.map((_, at) => toSums(rows.find(({ place }) => place === at + 1)));
}

/** Lines that were changed in any stretch; of what is older than a week whole quarters of an hour. */
export async function sumLines(ctx: Ctx, range: TimeRange): Promise<LineSums> {
  const { sql, workspaceId } = ctx;
  const linesIn = (
    table: string,
    column: string,
    { fromMs, toMs }: TimeRange,
  ): ReturnType<Ctx["sql"]> => sql`
    select lines_added, lines_deleted from ${sql(table)} where workspace_id = ${workspaceId}
      and ${sql(column)} >= ${new Date(fromMs)} and ${sql(column)} < ${new Date(toMs)}`;
  const parts = (await readKeptParts(ctx, range)).map((part) =>
    part.isKept
      ? linesIn("live_recent_quarters", "starts_at", part)
      : linesIn("live_line_steps", "at", part),
  );
  const [row] = await sql<LineRow[]>`
    select sum(lines_added) as lines_added, sum(lines_deleted) as lines_deleted
    from (${parts.reduce(
      (all, part) => sql`${all} union all ${part}`,
      linesIn("live_quarters", "starts_at", range),
    )}) as steps`;
  return toSums(row);
}

/** Sums of nothing are null. */
function toSums(row: LineRow | undefined): LineSums {
  return {
    linesAdded: Number(row?.linesAdded ?? 0),
    linesDeleted: Number(row?.linesDeleted ?? 0),
  };
}
