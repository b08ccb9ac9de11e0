import type { UsageEventExplanation } from "@headcount/contract/usage/event-schemas";
import { notFound } from "../../platform/app-error.ts";
import type { WorkspaceContext } from "../../platform/context.ts";

type Facts = Pick<UsageEventExplanation, "coverage" | "receivedAt">;

/** What is told of an event besides its figures. */
export async function readEventFacts(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  eventId: string,
): Promise<Facts> {
  const [row] = await ctx.sql<(Pick<Facts, "coverage"> & { receivedAt: Date })[]>`
    select m.coverage, e.received_at from usage_events e
    join usage_meters m on m.workspace_id = e.workspace_id and m.id = e.meter_id
    where e.workspace_id = ${ctx.workspaceId} and e.event_id = ${eventId}
    order by e.received_at desc limit 1`;
  if (!row) throw notFound("event");
  return { coverage: row.coverage, receivedAt: row.receivedAt.toISOString() };
}
