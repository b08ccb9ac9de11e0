import type { WorkspaceContext } from "../../platform/context.ts";
import type { BooksPart } from "./find-differences.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

const mostShown = 20;
/** The days of zones that start in a range end within this time after it. */
const longestOverhangMs = 50 * 3_600_000;

/**
 * Meters that events of a part name and that do not exist. Nothing but the meter says to whom its
 * events belong, so no sum can be made of them, and none may be taken for what they add up to.
 */
export async function findMissingMeters(ctx: Ctx, part: BooksPart): Promise<number[]> {
  const { sql, workspaceId } = ctx;
  const rows = await sql<{ meterId: number }[]>`
    select distinct e.meter_id from usage_events e
    where e.workspace_id = ${workspaceId} and ${within(ctx, part)} and not exists (
      select 1 from usage_meters m where m.workspace_id = e.workspace_id and m.id = e.meter_id)
    order by 1 limit ${mostShown}`;
  return rows.map((row) => row.meterId);
}

function within({ sql }: Ctx, part: BooksPart): ReturnType<WorkspaceContext["sql"]> {
  switch (part.kind) {
    case "budgets":
      return sql`true`;
    case "meters":
      return sql`e.month = ${part.month}::date`;
    case "days": {
      const to = new Date(part.range.to.getTime() + longestOverhangMs);
      return sql`e.used_at >= ${part.range.from} and e.used_at < ${to}`;
    }
  }
}
