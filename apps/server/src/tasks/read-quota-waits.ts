import type { AgentId, RuntimeId } from "@headcount/contract/kit/ids";
import { providerAccount } from "@headcount/domain/tasks/provider-account";
import { quotaSpreadMs } from "@headcount/domain/tasks/quota-wait";
import type { WorkspaceContext } from "../platform/context.ts";

/** A refusal of a provider that concerns an agent. */
export type QuotaWait = {
  readonly agentId: AgentId;
  readonly agentName: string;
  readonly runtimeId: RuntimeId;
  readonly provider: string;
  /** Agent that brings keys of its own; empty for the sign-in of the CLI on its machine. */
  readonly account: string;
  readonly since: Date;
  readonly endsAt: Date;
};

/** Waits by the agent that they concern. */
export type QuotaWaits = ReadonlyMap<AgentId, QuotaWait>;

type WaitRow = QuotaWait & {
  readonly cli: string;
  readonly model: string | null;
  readonly environmentNames: readonly string[];
};

/** By agent, the wait for quota on the account that it would use now, if it ends after this time. */
export async function readQuotaWaits(
  ctx: WorkspaceContext,
  endsAfter: Date = ctx.now,
): Promise<QuotaWaits> {
  const rows = await ctx.sql<WaitRow[]>`
    select a.id as agent_id, a.name as agent_name, a.model, r.cli, q.runtime_id, q.provider,
      q.account, q.since, q.ends_at,
      array(select e.name from agent_environment e
        where e.workspace_id = a.workspace_id and e.agent_id = a.id) as environment_names
    from quota_waits q
    join runtimes r on r.workspace_id = q.workspace_id and r.id = q.runtime_id
    join agents a on a.workspace_id = q.workspace_id and a.runtime_id = q.runtime_id
    where q.workspace_id = ${ctx.workspaceId} and q.ends_at > ${endsAfter}`;
  return new Map(rows.filter(isOwnAccount).map((row) => [row.agentId, row]));
}

/** Those that last, and those that ended so lately that retries still come back one by one. */
export function readRecentQuotaWaits(ctx: WorkspaceContext): Promise<QuotaWaits> {
  return readQuotaWaits(ctx, new Date(ctx.now.getTime() - quotaSpreadMs));
}

function isOwnAccount(row: WaitRow): boolean {
  const own = providerAccount(row);
  return own.provider === row.provider && own.account === row.account;
}
