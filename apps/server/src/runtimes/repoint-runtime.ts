import { runtimes } from "@headcount/contract/runtimes/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import type { UserId } from "@headcount/contract/kit/ids";
import { isAllowed } from "@headcount/domain/members/permissions";
import { AppError } from "../platform/app-error.ts";
import { roleRequired } from "../platform/authorise.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { wakeMachine } from "../tasks/wake-machine.ts";
import { assertMayChange } from "./assert-may-change.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { getRuntime } from "./read-runtimes.ts";
import { lockForRepointing, repoint } from "./repoint.ts";

/**
 * Moves everything of a runtime whose machine is gone to another one: agents, tasks, and what they
 * have used. The runtime itself stays, empty, until it is removed.
 */
export const repointRuntime = command(runtimes.repoint, async (ctx, input) => {
  const { runtimeId, toRuntimeId } = input;
  await lockForRepointing(ctx, [runtimeId], [toRuntimeId]);
  const from = await getRuntime(ctx, runtimeId);
  assertMayChange(ctx, from, "runtime.change");
  const to = await getRuntime(ctx, toRuntimeId);
  assertFits(from, to);
  await assertAgentsMayMove(ctx, from, to);
  const moved = await repoint(ctx, from.id, to.id);
  if (moved.movedAgents + moved.movedTasks === 0) return moved;
  emitRuntime(ctx, "runtime.updated", from.id);
  emitRuntime(ctx, "runtime.updated", to.id);
  await ctx.audit({
    action: "runtime.repointed",
    target: from.id,
    details: { to: to.id, ...moved },
  });
  wakeMachine(ctx, to.daemonId);
  return moved;
});

function assertFits(from: Runtime, to: Runtime): void {
  const refuse = (message: string, reason: string): never => {
    throw new AppError("conflict", message, { reason });
  };
  if (from.id === to.id) refuse("Choose another runtime to move to.", "runtime.same");
  if (from.health === "online") {
    refuse(
      `${from.name} is online. Stop its machine first, or move single agents.`,
      "runtime.online",
    );
  }
  if (from.cli !== to.cli) {
    refuse(
      `${from.name} runs ${from.cliTitle} and ${to.name} runs ${to.cliTitle}. Choose one of the same CLI.`,
      "runtime.other_cli",
    );
  }
}

type MovingAgent = { readonly name: string; readonly ownerId: UserId };

/** Who moves agents changes them, and puts them only where their owners may use a machine. */
async function assertAgentsMayMove(
  ctx: WorkspaceContext,
  from: Runtime,
  to: Runtime,
): Promise<void> {
  if (ctx.actor.kind !== "member") throw new Error("The route is for people");
  const { role, userId } = ctx.actor;
  const agents = await ctx.sql<MovingAgent[]>`
    select name, owner_id from agents
    where workspace_id = ${ctx.workspaceId} and runtime_id = ${from.id}`;
  const mayEdit = ({ ownerId }: MovingAgent): boolean =>
    isAllowed(role, "agent.edit", ownerId === userId ? "own" : "visible");
  if (!agents.every(mayEdit)) throw roleRequired("the owner of every agent on it, or an admin");
  const isShared = to.sharing === "workspace";
  if (isShared || agents.every((agent) => agent.ownerId === to.owner.id)) return;
  throw new AppError(
    "forbidden",
    `${to.name} is private to ${to.owner.name}, and agents of others would move there. Share it first.`,
    { reason: "runtime_not_shared" },
  );
}
