import type { ActorRef } from "@headcount/contract/kit/actors";
import type { LiveEvent } from "@headcount/contract/live/snapshot-schemas";
import type { ChangeAudience } from "@headcount/contract/realtime/changes";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import type { UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { readVisibility, type Visibility } from "../realtime/visibility.ts";

const told = [
  "task.started",
  "task.ended",
  "issue.created",
  "issue.moved",
  "comment.created",
  "runtime.online",
  "runtime.offline",
] as const;
/** Changes that are looked through; busy agents cause many that are not told. */
const lookedAt = 2_000;
const shown = 20;

type Row = {
  seq: string;
  at: Date;
  type: LiveEvent["type"];
  actorType: ActorRef["type"];
  actorId: string | null;
  actorName: string | null;
  audience: ChangeAudience;
  issueId: string | null;
  issueKey: string | null;
  issueTitle: string | null;
  agentId: string | null;
  agentName: string | null;
  taskId: string | null;
  outcome: string | null;
  status: string | null;
  runtimeName: string | null;
};

/** What has happened lately, newest first, and who may know of it. */
export type Activity = { readonly rows: readonly Row[]; readonly visibility: Visibility };

export async function readActivity(ctx: WorkspaceContext): Promise<Activity> {
  const rows = await readRows(ctx);
  const runtimeIds = rows.flatMap(({ audience }) =>
    audience.kind === "runtime" ? [audience.id] : [],
  );
  return { rows, visibility: await readVisibility(ctx.sql, ctx.workspaceId, runtimeIds) };
}

/**
 * What a person is told of it, by the rules by which changes are delivered.
 * @param closed agents whose names they may not know
 */
export function activityFor(
  userId: UserId | null,
  { rows, visibility }: Activity,
  closed: ReadonlySet<string>,
): LiveEvent[] {
  if (userId === null) return [];
  const visible = rows.filter((row) => visibility.mayReceive(userId, row.audience));
  return visible.slice(0, shown).map((row) => toEvent(row, closed));
}

async function readRows({ sql, workspaceId }: WorkspaceContext): Promise<Row[]> {
  return sql<Row[]>`
    select c.seq, c.at, c.type, c.actor_type, c.actor_id, c.audience, coalesce(u.name, actor.name) as actor_name,
      i.id as issue_id, w.issue_prefix || '-' || i.number as issue_key, i.title as issue_title,
      a.id as agent_id, a.name as agent_name,
      case when c.entity_kind = 'task' then c.entity_id end as task_id,
      c.data->>'outcome' as outcome, c.data->>'status' as status,
      coalesce(r.custom_name, r.machine_name || ' · ' || r.cli_title) as runtime_name
    from (
      select seq, at, type, actor_type, actor_id, audience, entity_kind, entity_id, data from (
        select seq, at, type, actor_type, actor_id, audience, entity_kind, entity_id, data
        from changes where workspace_id = ${workspaceId} order by seq desc limit ${lookedAt}
      ) as latest where type = any(${[...told]}) order by seq desc limit ${shown * 2}
    ) as c
    join workspaces w on w.workspace_id = ${workspaceId}
    left join issues i on i.workspace_id = w.workspace_id and i.id = coalesce(
      (c.data->>'issueId')::uuid, case when c.entity_kind = 'issue' then c.entity_id::uuid end)
    left join agents a on a.workspace_id = w.workspace_id and a.id = (c.data->>'agentId')::uuid
    left join runtimes r on c.entity_kind = 'runtime' and r.workspace_id = w.workspace_id
      and r.id = c.entity_id::uuid
    left join users u on c.actor_type = 'member' and u.id = c.actor_id::uuid
    left join agents actor on c.actor_type = 'agent' and actor.workspace_id = w.workspace_id
      and actor.id = c.actor_id::uuid
    order by c.seq desc`;
}

function toEvent(row: Row, closed: ReadonlySet<string>): LiveEvent {
  const isTask = row.taskId !== null;
  const agentName =
    row.agentId !== null && closed.has(row.agentId) ? privateAgentName : row.agentName;
  return {
    seq: Number(row.seq),
    at: row.at.toISOString(),
    type: row.type,
    actor: { type: row.actorType, id: row.actorId, name: nameOfActor(row, closed) },
    issue:
      row.issueId === null
        ? null
        : { id: row.issueId, key: row.issueKey ?? "", title: row.issueTitle ?? "" },
    agent: row.agentId === null ? null : { id: row.agentId, name: agentName ?? "" },
    taskId: row.taskId,
    outcome: isTask ? row.outcome : null,
    status: isTask ? null : row.status,
    runtimeName: row.runtimeName,
  };
}

function nameOfActor(row: Row, closed: ReadonlySet<string>): string {
  if (row.actorType === "agent" && row.actorId !== null && closed.has(row.actorId)) {
    return privateAgentName;
  }
  return row.actorName ?? "";
}
