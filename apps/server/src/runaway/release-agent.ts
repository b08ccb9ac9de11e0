import type { DaemonId } from "@headcount/contract/kit/ids";
import { runaway } from "@headcount/contract/runaway/routes";
import { lockAgent } from "../agents/lock-agent.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { humanRequired } from "../platform/authorise.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { wakeMachine } from "../tasks/wake-machine.ts";
import { readHolds } from "./list-holds.ts";
import { setHoldLifted } from "./store.ts";

/** A person has looked: the agent's work starts again, and what was stopped goes on in its session. */
export const releaseAgent = command(runaway.release, async (ctx, input) => {
  const agent = await lockAgent(ctx, input.agentId, "agent.edit");
  if (ctx.actor.kind !== "member") throw humanRequired();
  const id = await setHoldLifted(ctx, agent.id, { by: ctx.actor.userId, note: input.note });
  if (id === null) {
    throw new AppError("conflict", "Nothing holds this agent.", { reason: "runaway.not_held" });
  }
  const [hold] = await readHolds(ctx, ctx.sql`and h.id = ${id}`);
  if (!hold) throw notFound("hold");
  ctx.emit({
    type: "runaway.released",
    entity: { kind: "runaway_hold", id },
    data: { agentId: agent.id, kind: hold.kind },
    audience: { kind: "agent", id: agent.id },
  });
  const details = { kind: hold.kind, note: input.note };
  await ctx.audit({ action: "agent.released", target: agent.id, details });
  wakeMachine(ctx, await findMachine(ctx, agent.runtimeId));
  return hold;
});

async function findMachine(
  ctx: WorkspaceContext,
  runtimeId: string | null,
): Promise<DaemonId | null> {
  const [runtime] = await ctx.sql<{ daemonId: DaemonId }[]>`
    select daemon_id from runtimes
    where workspace_id = ${ctx.workspaceId} and id = ${runtimeId} and removed_at is null`;
  return runtime?.daemonId ?? null;
}
