import { z } from "zod";
import type { IssueId } from "@headcount/contract/kit/ids";
import { issues } from "@headcount/contract/issues/routes";
import { IssueStatus } from "@headcount/contract/issues/schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { filterIssues, type IssueFilters } from "./issue-filters.ts";
import { type IssueRow, summaryColumns, summaryJoins, toSummaries } from "./issue-rows.ts";

type ColumnTotal = { status: IssueStatus; count: number; costPico: string | null };
const Place = z.object({ orderKey: cursorValue.text, id: cursorValue.id });
type ColumnPlace = {
  readonly status: IssueStatus;
  readonly after: { orderKey: string; id: string } | null;
};

export const readBoard = query(issues.board, async (ctx, input) => {
  const places: ColumnPlace[] = input.after
    ? input.after.map(({ status, cursor }) => ({
        status,
        after: decodeCursor(cursor, Place),
      }))
    : IssueStatus.options.map((status) => ({ status, after: null }));
  const totals = await readTotals(ctx, input);
  const rows = await readColumns(ctx, input, places, input.limit + 1);
  const summaries = await toSummaries(ctx, rows);
  return {
    columns: places.map(({ status }) => {
      const items = summaries.filter((issue) => issue.status === status);
      const shown = items.slice(0, input.limit);
      const last = shown.at(-1);
      const total = totals.get(status);
      const costPico = total?.costPico ?? null;
      return {
        status,
        count: total?.count ?? 0,
        costUsd: costPico === null ? null : formatUsd(BigInt(costPico)),
        items: shown,
        nextCursor:
          items.length > input.limit && last
            ? encodeCursor({ orderKey: last.orderKey, id: last.id })
            : null,
      };
    }),
  };
});

/** Counts and spend of whole columns, whatever page is shown. */
async function readTotals(
  ctx: WorkspaceContext,
  filters: IssueFilters,
): Promise<Map<IssueStatus, ColumnTotal>> {
  const rows = await ctx.sql<ColumnTotal[]>`
    select i.status, count(*)::int as count, sum(spent.cost_pico)::text as cost_pico
    from issues i
    left join (
      select issue_id, sum(cost_pico) filter (where priced_events > 0) as cost_pico
      from usage_meters where workspace_id = ${ctx.workspaceId} and kind = 'usage'
      group by issue_id
    ) spent on spent.issue_id = i.id
    where ${filterIssues(ctx, filters)} group by i.status`;
  return new Map(rows.map((row) => [row.status, row]));
}

/** One page of each column in a single statement. */
async function readColumns(
  ctx: WorkspaceContext,
  filters: IssueFilters,
  places: readonly ColumnPlace[],
  limit: number,
): Promise<IssueRow[]> {
  const { sql } = ctx;
  const wanted = places.map(({ status, after }) => ({
    status,
    orderKey: after?.orderKey ?? "",
    id: after?.id ?? null,
  }));
  const page = sql`
    select i.id from issues i
    where ${filterIssues(ctx, filters)} and i.status = wanted.status
      and (wanted.id is null or (i.order_key, i.id) > (wanted.order_key collate "C", wanted.id))
    order by i.order_key, i.id limit ${limit}`;
  const rows = await sql<IssueRow[]>`
    select ${summaryColumns(sql)}
    from unnest(${wanted.map((place) => place.status)}::text[], ${wanted.map((place) => place.orderKey)}::text[],
      ${wanted.map((place) => place.id as IssueId | null)}::uuid[]) as wanted(status, order_key, id)
    cross join lateral (${page}) as page
    join issues i on i.workspace_id = ${ctx.workspaceId} and i.id = page.id
    ${summaryJoins(sql)}
    order by i.order_key, i.id`;
  return [...rows];
}
