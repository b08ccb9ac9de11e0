import type { AgentId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { isHeldByGuard } from "./is-held.ts";

/** An agent that works and is not held. */
export type WatchedAgent = {
  readonly id: AgentId;
  readonly name: string;
  /** When a person last let it go on: what was before does not count again. */
  readonly releasedAt: Date | null;
};

/** Agents that the guard looks at. */
export function readWatchedAgents(ctx: WorkspaceContext): Promise<WatchedAgent[]> {
  return ctx.sql<WatchedAgent[]>`
    select a.id, a.name, (select max(h.lifted_at) from runaway_holds h
      where h.workspace_id = a.workspace_id and h.agent_id = a.id) as released_at
    from agents a
    where a.workspace_id = ${ctx.workspaceId} and a.archived_at is null
      and not ${isHeldByGuard(ctx)}`;
}

/** The later of the start of a stretch of time and the moment at which an agent was let go on. */
export function countedFrom({ releasedAt }: WatchedAgent, from: Date): Date {
  return releasedAt !== null && releasedAt > from ? releasedAt : from;
}
