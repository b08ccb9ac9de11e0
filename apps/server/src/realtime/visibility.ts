import type { ChangeAudience, ChangeItem } from "@headcount/contract/realtime/changes";
import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { Role } from "@headcount/contract/workspaces/schemas";
import { type Database, setWorkspace, type Transaction } from "../platform/database.ts";
import { runTransaction } from "../platform/run-transaction.ts";

/** A change row with the audience that decides who may receive it. */
export type AudienceChange = ChangeItem & { readonly audience: ChangeAudience };

/** Rights in one workspace as of one snapshot: who belongs to it, who sees which agent. */
export type Visibility = {
  readonly roles: ReadonlyMap<UserId, Role>;
  mayReceive(userId: UserId, audience: ChangeAudience): boolean;
};

type AgentAccessRow = {
  id: string;
  access: string;
  ownerId: string;
  allowed: string[];
  runtimeId: string | null;
  archivedAt: Date | null;
};

type RuntimeAccessRow = { id: string; sharing: "private" | "workspace"; ownerId: string };

type Access = {
  readonly agents: ReadonlyMap<string, AgentAccessRow>;
  readonly runtimes: ReadonlyMap<string, RuntimeAccessRow>;
};

/** Reads the rights of everybody in the workspace in the caller's snapshot. */
export async function readVisibility(
  tx: Transaction,
  workspaceId: WorkspaceId,
  runtimeIds: readonly string[],
): Promise<Visibility> {
  const members = await tx<{ userId: UserId; role: Role }[]>`
    select m.user_id, m.role from members m join workspaces w using (workspace_id)
    where m.workspace_id = ${workspaceId} and w.deleted_at is null`;
  const agents = await tx<AgentAccessRow[]>`
    select a.id, a.access, a.owner_id, a.runtime_id, a.archived_at,
      array(select user_id::text from agent_allowed_members x
        where x.workspace_id = a.workspace_id and x.agent_id = a.id) as allowed
    from agents a where a.workspace_id = ${workspaceId}`;
  const roles = new Map(members.map((row) => [row.userId, row.role]));
  const access = {
    agents: new Map(agents.map((row) => [row.id, row])),
    runtimes: await readRuntimeAccess(tx, workspaceId, runtimeIds),
  };
  return {
    roles,
    mayReceive: (userId, audience) => {
      const role = roles.get(userId);
      return role !== undefined && isIn(audience, { userId, role }, access);
    },
  };
}

async function readRuntimeAccess(
  tx: Transaction,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<Map<string, RuntimeAccessRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<RuntimeAccessRow[]>`
    select id, sharing, owner_id from runtimes
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

type FeedViewer = { readonly userId: UserId; readonly role: Role };

function isIn(audience: ChangeAudience, viewer: FeedViewer, access: Access): boolean {
  switch (audience.kind) {
    case "workspace":
      return true;
    case "admins":
      return viewer.role !== "member";
    case "members":
      return audience.ids.includes(viewer.userId);
    case "agent": {
      const agent = access.agents.get(audience.id);
      return agent !== undefined && seesAgent(viewer, agent);
    }
    case "runtime": {
      const runtime = access.runtimes.get(audience.id);
      if (!runtime) return false;
      if (runtime.sharing === "workspace" || runtime.ownerId === viewer.userId) return true;
      return viewer.role !== "member" || seesAgentOn(viewer, runtime.id, access.agents);
    }
  }
}

function seesAgent(viewer: FeedViewer, agent: AgentAccessRow): boolean {
  if (agent.access === "workspace" || agent.ownerId === viewer.userId) return true;
  if (viewer.role !== "member") return true;
  return agent.access === "allow_list" && agent.allowed.includes(viewer.userId);
}

/** Whoever sees an agent sees where it runs. */
function seesAgentOn(
  viewer: FeedViewer,
  runtimeId: string,
  agents: ReadonlyMap<string, AgentAccessRow>,
): boolean {
  return [...agents.values()].some(
    (agent) =>
      agent.runtimeId === runtimeId && agent.archivedAt === null && seesAgent(viewer, agent),
  );
}

type ChangeRow = {
  seq: string;
  at: Date;
  type: string;
  entityKind: string;
  entityId: string;
  revision: number | null;
  actorType: "member" | "agent" | "daemon" | "system";
  actorId: string | null;
  changed: string[];
  data: Record<string, unknown>;
  audience: ChangeAudience;
};

export type ChangePage = {
  readonly workspaceId: WorkspaceId;
  readonly items: readonly AudienceChange[];
  /** Cursor after the last row of the page; the newest cursor when the page is empty. */
  readonly to: number;
  readonly newest: number;
  readonly oldest: number | null;
  readonly visibility: Visibility;
};

function runtimesIn(rows: readonly ChangeRow[]): string[] {
  return rows.flatMap(({ audience }) => (audience.kind === "runtime" ? [audience.id] : []));
}

/** Changes after a cursor with the rights to filter them by, in one snapshot. */
export async function readChanges(
  database: Database,
  workspaceId: WorkspaceId,
  after: number,
  limit: number,
): Promise<ChangePage> {
  const page = await runTransaction(
    database.pool,
    "isolation level repeatable read read only",
    async (tx) => {
      await setWorkspace(tx, workspaceId);
      const [counter] = await tx<{ newest: string; oldest: string | null }[]>`
      select change_seq as newest,
        (select min(seq) from changes where workspace_id = ${workspaceId}) as oldest
      from workspace_counters where workspace_id = ${workspaceId}`;
      const rows = await tx<ChangeRow[]>`
      select seq, at, type, entity_kind, entity_id, revision, actor_type, actor_id, changed, data, audience
      from changes where workspace_id = ${workspaceId} and seq > ${after}
      order by seq limit ${limit}`;
      const visibility = await readVisibility(tx, workspaceId, runtimesIn(rows));
      return { counter, rows: [...rows], visibility };
    },
  );
  const newest = Number(page.counter?.newest ?? 0);
  const oldest = page.counter?.oldest ?? null;
  const items = page.rows.map(toChange);
  return {
    workspaceId,
    items,
    to: items.at(-1)?.seq ?? Math.max(after, newest),
    newest,
    oldest: oldest === null ? null : Number(oldest),
    visibility: page.visibility,
  };
}

function toChange(row: ChangeRow): AudienceChange {
  return {
    seq: Number(row.seq),
    at: row.at.toISOString(),
    type: row.type,
    entity: { kind: row.entityKind, id: row.entityId, revision: row.revision },
    actor: { type: row.actorType, id: row.actorId },
    changed: row.changed,
    data: row.data,
    audience: row.audience,
  };
}
