import { z } from "zod";
import { notFound } from "../../platform/app-error.ts";
import { effectiveUserId, type WorkspaceContext } from "../../platform/context.ts";
import { readAudience } from "../../tasks/read-audience.ts";
import { eventIdOf, importSubject } from "../ledger/event-id.ts";
import type { LedgerEvent } from "../ledger/ledger-part.ts";
import { readLedgerEvents } from "../ledger/read-ledger-events.ts";

/**
 * An event by its id or its key.
 * @throws not_found also for events of agents that the caller may not see; an imported event is
 * shown to its person and to admins
 */
export async function findEvent(ctx: WorkspaceContext, idOrKey: string): Promise<LedgerEvent> {
  const id = idOf(idOrKey);
  if (id === null) throw notFound("event");
  const places = await ctx.sql<{ month: string }[]>`
    select distinct to_char(month, 'YYYY-MM-DD') as month from usage_events
    where workspace_id = ${ctx.workspaceId} and event_id = ${id}`;
  const events = await readLedgerEvents(
    ctx,
    places.map(({ month }) => ({ id, month })),
  );
  const event = events.get(id);
  if (!event || !(await maySee(ctx, event))) throw notFound("event");
  return event;
}

/** A key begins with the UUID of its task, or with the source that it was brought in from. */
function idOf(idOrKey: string): string | null {
  const text = idOrKey.trim();
  if (isUuid(text)) return text.toLowerCase();
  const slash = text.indexOf("/");
  if (slash === -1) return null;
  const first = text.slice(0, slash);
  return eventIdOf(isUuid(first) ? first : importSubject(first), text);
}

function isUuid(text: string): boolean {
  return z.guid().safeParse(text).success;
}

async function maySee(ctx: WorkspaceContext, { meter }: LedgerEvent): Promise<boolean> {
  if (meter.agentId !== null) {
    const { agentIds } = await readAudience(ctx);
    return agentIds.includes(meter.agentId);
  }
  const isAdmin = ctx.actor.kind === "member" && ctx.actor.role !== "member";
  return isAdmin || meter.memberId === effectiveUserId(ctx.actor);
}
