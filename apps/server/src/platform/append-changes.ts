import type { Actor, NewChange, WorkspaceContext } from "./context.ts";

/** Rows of one transaction, ready for the change log. */
type ChangeRow = {
  readonly type: string;
  readonly entityKind: string;
  readonly entityId: string;
  readonly revision: number | null;
  readonly changed: readonly string[];
  readonly data: unknown;
  readonly audience: unknown;
};

/**
 * Appends the changes as the last statement before the commit: the counter row is locked from here
 * to the commit, so numbers are contiguous and their order is the order of commits. The commit may
 * be on its way before the answer, so the statement itself fails when there is no counter row: a
 * change without a number is not allowed.
 * @returns the cursor after the last appended change, or null when there was none
 */
export async function appendChanges(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "actor">,
  changes: readonly NewChange[],
): Promise<number | null> {
  if (changes.length === 0) return null;
  const rows = changes.map(toRow);
  const actor = actorColumns(ctx.actor);
  const [result] = await ctx.sql<{ seq: string }[]>`
    with counter as (
      update workspace_counters set change_seq = change_seq + ${rows.length}
      where workspace_id = ${ctx.workspaceId}
      returning change_seq
    ), appended as (
      insert into changes (workspace_id, seq, at, type, entity_kind, entity_id, revision,
        actor_type, actor_id, changed, data, audience)
      select ${ctx.workspaceId}, counter.change_seq - ${rows.length} + item.place, ${ctx.now},
        item.row->>'type', item.row->>'entityKind', item.row->>'entityId', (item.row->>'revision')::int,
        ${actor.type}, ${actor.id},
        array(select jsonb_array_elements_text(item.row->'changed')), item.row->'data', item.row->'audience'
      from jsonb_array_elements(${ctx.sql.json(rows as never)}::jsonb) with ordinality as item(row, place)
        left join counter on true
    )
    select change_seq as seq from counter`;
  if (!result) throw new Error(`Workspace ${ctx.workspaceId} has no counter row`);
  return Number(result.seq);
}

function toRow(change: NewChange): ChangeRow {
  return {
    type: change.type,
    entityKind: change.entity.kind,
    entityId: change.entity.id,
    revision: change.entity.revision ?? null,
    changed: change.changed ?? [],
    data: change.data,
    audience: change.audience ?? { kind: "workspace" },
  };
}

/** How an actor is written into `actor_type` and `actor_id` columns everywhere. */
export function actorColumns(actor: Actor): {
  type: "member" | "agent" | "daemon" | "system";
  id: string | null;
} {
  switch (actor.kind) {
    case "member":
      return { type: "member", id: actor.userId };
    case "agent":
      return { type: "agent", id: actor.agentId };
    case "daemon":
      return { type: "daemon", id: actor.daemonId };
    case "system":
      return { type: "system", id: null };
  }
}
