import { members } from "@headcount/contract/members/routes";
import type { UserId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import { roleRequired } from "../platform/authorise.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { keepOneOwner } from "./keep-one-owner.ts";
import { getMember } from "./read-members.ts";
import { deleteMember } from "./store.ts";

export const removeMember = command(members.remove, async (ctx, input) => {
  const member = await getMember(ctx.sql, ctx.workspaceId, input.memberId);
  if (member.role === "owner" && (ctx.actor.kind !== "member" || ctx.actor.role !== "owner")) {
    throw roleRequired("an owner");
  }
  await endMembership(ctx, input.memberId);
  return {};
});

export const leaveWorkspace = command(members.leave, async (ctx) => {
  if (ctx.actor.kind !== "member")
    throw new AppError("forbidden", "Only people leave.", { reason: "human_required" });
  await endMembership(ctx, ctx.actor.userId);
  return {};
});

/**
 * Everything that ends with a membership is a reaction to `member.removed`, in this transaction:
 * runtimes go offline, tasks are cancelled, agents are archived. Authored content stays.
 */
async function endMembership(ctx: WorkspaceContext, userId: UserId): Promise<void> {
  const owners = await keepOneOwner(ctx);
  const member = await getMember(ctx.sql, ctx.workspaceId, userId);
  if (member.role === "owner") owners.assertNotLast(userId);
  await deleteMember(ctx.sql, ctx.workspaceId, userId);
  ctx.emit({ type: "member.removed", entity: { kind: "member", id: userId }, data: {} });
  await ctx.audit({ action: "member.removed", target: userId, details: { role: member.role } });
  ctx.afterCommit(() => ctx.services.signal({ topic: "daemon-owner", userId }));
}
