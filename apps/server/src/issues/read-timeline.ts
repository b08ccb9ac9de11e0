import { z } from "zod";
import type { ActorRef } from "@headcount/contract/kit/actors";
import type { IssueId } from "@headcount/contract/kit/ids";
import { issues } from "@headcount/contract/issues/routes";
import type { Activity, TimelineEntry } from "@headcount/contract/issues/schemas";
import {
  type CommentRow,
  commentColumns,
  commentJoins,
  toComment,
} from "../comments/comment-rows.ts";
import { privateAgentName, readClosedAgents } from "../agents/read-closed-agents.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { resolveIssueId } from "./read-issue.ts";

const Place = z.object({ at: cursorValue.instant, id: cursorValue.id });
type Place = z.infer<typeof Place>;
type EntryPlace = { id: string; type: "comment" | "activity"; createdAt: Date };

/** Newest page first; inside a page entries stand in order of time. */
export const readTimeline = query(issues.timeline, async (ctx, input) => {
  const issueId = await resolveIssueId(ctx, input.issue, { deleted: "include" });
  const places = await readPlaces(ctx, issueId, decodeCursor(input.cursor, Place), input.limit + 1);
  const page = places.slice(0, input.limit);
  const entries = await readEntries(ctx, page);
  const oldest = page.at(-1);
  return {
    items: page.toReversed().flatMap((place) => entries.get(place.id) ?? []),
    nextCursor:
      places.length > input.limit && oldest
        ? encodeCursor({ at: oldest.createdAt.toISOString(), id: oldest.id })
        : null,
  };
});

async function readPlaces(
  ctx: WorkspaceContext,
  issueId: IssueId,
  before: Place | null,
  limit: number,
): Promise<EntryPlace[]> {
  const { sql } = ctx;
  const older = before ? sql`and (created_at, id) < (${new Date(before.at)}, ${before.id})` : sql``;
  const rows = await sql<EntryPlace[]>`
    select id, type, created_at from (
      select id, 'comment' as type, created_at from comments
      where workspace_id = ${ctx.workspaceId} and issue_id = ${issueId} and deleted_at is null
      union all
      select id, 'activity' as type, created_at from activities
      where workspace_id = ${ctx.workspaceId} and issue_id = ${issueId}
    ) entries
    where true ${older} order by created_at desc, id desc limit ${limit}`;
  return [...rows];
}

type ActivityRow = {
  id: string;
  issueId: IssueId;
  actorType: ActorRef["type"];
  actorId: string | null;
  actorName: string | null;
  action: Activity["action"];
  details: Activity["details"];
  createdAt: Date;
};

/**
 * Whether an entry tells of a run. What an agent itself writes on an issue bears its name for
 * everybody; its runs do so only for its audience.
 */
function isOfRun(row: ActivityRow): boolean {
  return row.actorType === "agent" && row.action.startsWith("task_");
}

async function readEntries(
  ctx: WorkspaceContext,
  places: readonly EntryPlace[],
): Promise<Map<string, TimelineEntry>> {
  const { sql } = ctx;
  const idsOf = (type: EntryPlace["type"]): string[] =>
    places.filter((place) => place.type === type).map((place) => place.id);
  const comments = await sql<CommentRow[]>`
    select ${commentColumns(sql)} from comments c ${commentJoins(sql)}
    where c.workspace_id = ${ctx.workspaceId} and c.id = any(${idsOf("comment")}::uuid[])`;
  const activities = await sql<ActivityRow[]>`
    select a.id, a.issue_id, a.actor_type, a.actor_id, coalesce(u.name, g.name) as actor_name, a.action, a.details, a.created_at
    from activities a
    left join users u on a.actor_type = 'member' and u.id = a.actor_id
    left join agents g on a.actor_type = 'agent' and g.workspace_id = a.workspace_id and g.id = a.actor_id
    where a.workspace_id = ${ctx.workspaceId} and a.id = any(${idsOf("activity")}::uuid[])`;
  const closed = await readClosedAgents(
    ctx,
    activities.filter(isOfRun).map((row) => row.actorId ?? ""),
  );
  const entries = new Map<string, TimelineEntry>();
  for (const row of comments) {
    entries.set(row.id, {
      type: "comment",
      at: row.createdAt.toISOString(),
      comment: toComment(row),
    });
  }
  for (const row of activities) {
    const at = row.createdAt.toISOString();
    const isClosed = isOfRun(row) && closed.has(row.actorId ?? "");
    const name = isClosed ? privateAgentName : (row.actorName ?? "Headcount");
    const actor = { type: row.actorType, id: row.actorId, name };
    entries.set(row.id, {
      type: "activity",
      at,
      activity: {
        id: row.id,
        issueId: row.issueId,
        actor,
        action: row.action,
        details: row.details,
        createdAt: at,
      },
    });
  }
  return entries;
}
