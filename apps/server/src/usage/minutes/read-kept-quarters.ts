import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../../platform/context.ts";
import { keptQuarters } from "./kept-quarters.ts";

/** Beginnings of the quarters of an hour in a range whose minutes are kept, in order. */
export async function readKeptQuarters(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { fromMs, toMs }: TimeRange,
): Promise<readonly number[]> {
  const range = { from: new Date(fromMs), to: new Date(toMs) };
  const rows = await ctx.sql<{ quarterAt: Date }[]>`
    select quarter_at from ${keptQuarters(ctx, range)} as kept order by quarter_at`;
  return rows.map(({ quarterAt }) => quarterAt.getTime());
}
