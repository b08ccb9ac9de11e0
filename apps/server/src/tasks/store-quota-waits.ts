import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { ProviderAccount } from "@headcount/domain/tasks/provider-account";
import type { WorkspaceContext } from "../platform/context.ts";

export type AccountOnRuntime = ProviderAccount & { readonly runtimeId: RuntimeId };

/** Remembers a refusal. While an earlier one lasts, the later reset of the two counts. */
export async function upsertQuotaWait(
  ctx: WorkspaceContext,
  { runtimeId, provider, account }: AccountOnRuntime,
  endsAt: Date,
): Promise<void> {
  await ctx.sql`
    insert into quota_waits as q (workspace_id, runtime_id, provider, account, since, ends_at)
    values (${ctx.workspaceId}, ${runtimeId}, ${provider}, ${account}, ${ctx.now}, ${endsAt})
    on conflict (workspace_id, runtime_id, provider, account) do update set
      since = case when q.ends_at > excluded.since then q.since else excluded.since end,
      ends_at = greatest(q.ends_at, excluded.ends_at)`;
}

/** Ends a wait now. @returns false when there was none */
export async function endQuotaWait(
  ctx: WorkspaceContext,
  { runtimeId, provider, account }: AccountOnRuntime,
): Promise<boolean> {
  const ended = await ctx.sql`
    update quota_waits set ends_at = greatest(since, ${ctx.now})
    where workspace_id = ${ctx.workspaceId} and runtime_id = ${runtimeId}
      and provider = ${provider} and account = ${account} and ends_at > ${ctx.now}
    returning runtime_id`;
  return ended.length === 1;
}

/** Adds the waits of one runtime to those of another; of two for one account the later end counts. */
export async function copyQuotaWaits(
  ctx: WorkspaceContext,
  from: RuntimeId,
  to: RuntimeId,
): Promise<void> {
  await ctx.sql`
    insert into quota_waits as q (workspace_id, runtime_id, provider, account, since, ends_at)
    select workspace_id, ${to}, provider, account, since, ends_at from quota_waits
    where workspace_id = ${ctx.workspaceId} and runtime_id = ${from}
    on conflict (workspace_id, runtime_id, provider, account) do update set
      since = least(q.since, excluded.since), ends_at = greatest(q.ends_at, excluded.ends_at)`;
}

/** Forgets waits whose end nothing asks about any more. */
export async function deleteEndedQuotaWaits(
  ctx: WorkspaceContext,
  endedBefore: Date,
): Promise<void> {
  await ctx.sql`
    delete from quota_waits
    where workspace_id = ${ctx.workspaceId} and ends_at < ${endedBefore}`;
}
