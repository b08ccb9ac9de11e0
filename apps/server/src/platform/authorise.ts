import type { Access } from "@headcount/contract/kit/route";
import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { Role } from "@headcount/contract/workspaces/schemas";
import { AppError, notFound } from "./app-error.ts";
import type { Actor, Principal } from "./context.ts";
import type { Transaction } from "./database.ts";

/** Checks a route outside of any workspace against its access rule. */
export function authoriseGlobal(access: Access, principal: Principal): void {
  switch (access) {
    case "public":
      return;
    case "user":
      if (principal.kind === "user") return;
      break;
    case "instance_admin":
      if (principal.kind === "user") {
        if (principal.isInstanceAdmin) return;
        throw roleRequired("an administrator of this installation");
      }
      break;
    case "daemon":
      if (principal.kind === "daemon") return;
      break;
    case "member":
    case "member_human":
    case "admin":
    case "owner":
      throw new Error(`Access ${access} needs a workspace in the path`);
  }
  throw principal.kind === "task" ? humanRequired() : signInRequired();
}

/**
 * Resolves who acts in a workspace and checks the route's access rule, inside the transaction.
 * Whoever does not belong to the workspace gets 404, as if it did not exist.
 */
export async function resolveActor(
  tx: Transaction,
  workspaceId: WorkspaceId,
  principal: Principal,
  access: Access,
): Promise<Actor> {
  if (principal.kind === "anonymous") throw signInRequired();
  if (principal.kind === "daemon") throw notFound("workspace");
  if (principal.kind === "task") return resolveAgent(tx, workspaceId, principal, access);
  const role = await liveRole(tx, workspaceId, principal.userId);
  if (role === null) throw notFound("workspace");
  requireRole(access, role);
  return { kind: "member", userId: principal.userId, role };
}

async function resolveAgent(
  tx: Transaction,
  workspaceId: WorkspaceId,
  principal: Extract<Principal, { kind: "task" }>,
  access: Access,
): Promise<Actor> {
  if (principal.workspaceId !== workspaceId) throw notFound("workspace");
  if (access !== "member") throw humanRequired();
  const role = principal.originatorId
    ? await liveRole(tx, workspaceId, principal.originatorId)
    : null;
  if (principal.originatorId && role === null) {
    throw new AppError("forbidden", "The person this run acts for has left the workspace.", {
      reason: "originator_unknown",
    });
  }
  return {
    kind: "agent",
    agentId: principal.agentId,
    taskId: principal.taskId,
    lease: principal.lease,
    originatorId: principal.originatorId,
    role: role ?? "member",
  };
}

/** The person's role in a workspace that is not deleted, or null. */
export async function liveRole(
  tx: Transaction,
  workspaceId: WorkspaceId,
  userId: UserId,
): Promise<Role | null> {
  const [row] = await tx<{ role: Role }[]>`
    select m.role from members m
    join workspaces w on w.workspace_id = m.workspace_id
    join users u on u.id = m.user_id and u.disabled_at is null
    where m.workspace_id = ${workspaceId} and m.user_id = ${userId} and w.deleted_at is null`;
  return row?.role ?? null;
}

function requireRole(access: Access, role: Role): void {
  if (access === "owner" && role !== "owner") throw roleRequired("an owner");
  if (access === "admin" && role === "member") throw roleRequired("an admin or owner");
}

export function roleRequired(who: string): AppError {
  return new AppError("forbidden", `Only ${who} may do this.`, { reason: "role_required" });
}

export function humanRequired(): AppError {
  return new AppError("forbidden", "A person has to do this; agents may not.", {
    reason: "human_required",
  });
}

function signInRequired(): AppError {
  return new AppError("unauthenticated", "Sign in first.", { reason: "unauthenticated" });
}
