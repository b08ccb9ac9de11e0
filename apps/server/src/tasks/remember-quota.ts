import type { DaemonId, TaskId } from "@headcount/contract/kit/ids";
import { providerAccount } from "@headcount/domain/tasks/provider-account";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitRuntime } from "../runtimes/emit-runtime.ts";
import { type AccountOnRuntime, endQuotaWait, upsertQuotaWait } from "./store-quota-waits.ts";
import type { TaskRow } from "./task-row.ts";
import { wakeMachine } from "./wake-machine.ts";

/**
 * The provider refused a run's account until a known time: its runtime takes no more work for that
 * account until then. Nothing is remembered about a run that was never on a runtime.
 */
export async function rememberQuotaWait(
  ctx: WorkspaceContext,
  run: Pick<TaskRow, "id">,
  waitMs: number,
): Promise<void> {
  const account = await readAccount(ctx, run.id);
  if (account === null) return;
  await upsertQuotaWait(ctx, account, new Date(ctx.now.getTime() + waitMs));
  emitRuntime(ctx, "runtime.updated", account.runtimeId);
}

/** A run came through, so its account has quota again, whatever the provider announced before. */
export async function liftQuotaWaitOf(
  ctx: WorkspaceContext,
  run: Pick<TaskRow, "id" | "runtimeId" | "daemonId">,
): Promise<void> {
  const [waiting] = await ctx.sql`
    select 1 from quota_waits where workspace_id = ${ctx.workspaceId}
      and runtime_id = ${run.runtimeId} and ends_at > ${ctx.now} limit 1`;
  if (!waiting) return;
  const account = await readAccount(ctx, run.id);
  if (account !== null) await liftQuotaWait(ctx, account, run.daemonId);
}

/** Lets a runtime work for an account again, before the time that the provider named. */
export async function liftQuotaWait(
  ctx: WorkspaceContext,
  account: AccountOnRuntime,
  daemonId: DaemonId | null,
): Promise<void> {
  if (!(await endQuotaWait(ctx, account))) return;
  emitRuntime(ctx, "runtime.updated", account.runtimeId);
  wakeMachine(ctx, daemonId);
}

type AccountRow = Pick<AccountOnRuntime, "runtimeId"> & Parameters<typeof providerAccount>[0];

async function readAccount(
  ctx: WorkspaceContext,
  taskId: TaskId,
): Promise<AccountOnRuntime | null> {
  const [row] = await ctx.sql<AccountRow[]>`
    select t.runtime_id, r.cli, t.model_requested as model, t.agent_id,
      array(select e.name from agent_environment e
        where e.workspace_id = t.workspace_id and e.agent_id = t.agent_id) as environment_names
    from tasks t join runtimes r on r.workspace_id = t.workspace_id and r.id = t.runtime_id
    where t.workspace_id = ${ctx.workspaceId} and t.id = ${taskId}`;
  return row ? { runtimeId: row.runtimeId, ...providerAccount(row) } : null;
}
