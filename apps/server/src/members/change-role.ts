import { members } from "@headcount/contract/members/routes";
import { command } from "../platform/command.ts";
import { roleRequired } from "../platform/authorise.ts";
import { keepOneOwner } from "./keep-one-owner.ts";
import { getMember } from "./read-members.ts";
import { updateMemberRole } from "./store.ts";

export const changeRole = command(members.update, async (ctx, input) => {
  const owners = await keepOneOwner(ctx);
  const before = await getMember(ctx.sql, ctx.workspaceId, input.memberId);
  if (before.role === input.role) return before;
  const touchesOwner = before.role === "owner" || input.role === "owner";
  if (touchesOwner && (ctx.actor.kind !== "member" || ctx.actor.role !== "owner"))
    throw roleRequired("an owner");
  if (before.role === "owner") owners.assertNotLast(before.id);
  await updateMemberRole(ctx.sql, ctx.workspaceId, before.id, input.role);
  ctx.emit({
    type: "member.updated",
    entity: { kind: "member", id: before.id },
    changed: ["role"],
    data: { role: input.role },
  });
  await ctx.audit({
    action: "member.role_changed",
    target: before.id,
    details: { from: before.role, to: input.role },
  });
  return { ...before, role: input.role };
});
