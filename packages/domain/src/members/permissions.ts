import type { Role } from "@headcount/contract/workspaces/schemas";

/** Who asks: a person by role, or an agent with the token of its task. */
export type PermissionActor = Role | "agent";

export type Capability =
  | "workspace.read"
  | "workspace.change"
  | "workspace.delete"
  | "issue.write"
  | "issue.delete"
  | "comment.write"
  | "comment.edit"
  | "comment.delete"
  | "agent.create"
  | "agent.edit"
  | "agent.archive"
  | "agent.set_access"
  | "agent.environment"
  | "skill.create"
  | "skill.edit"
  | "skill.overwrite"
  | "skill.delete"
  | "task.cancel"
  | "project.create"
  | "project.delete"
  | "runtime.change"
  | "runtime.share"
  | "member.manage"
  | "member.manage_owners"
  | "invitation.manage"
  | "guard.manage"
  | "audit.read";

/**
 * How the asker stands to the thing. An issue is `own` for its creator, or for the originator of
 * the run that created it, and so is a skill, which for an agent is own only when it made it
 * itself; a task is `own` for the run that delegated it and `visible` to those
 * who see its agent.
 */
export type Relation = "own" | "visible" | "other";

/** `any`: always · `visible`: when visible or own · `own`: only when own · `never`. */
type Rule = "any" | "visible" | "own" | "never";

const rule = (member: Rule, admin: Rule, owner: Rule, agent: Rule) =>
  ({ member, admin, owner, agent }) satisfies Record<PermissionActor, Rule>;

/** The permission matrix. Whether an agent may be given work is not in it: see `mayInvoke`. */
export const permissionMatrix: Readonly<Record<Capability, Record<PermissionActor, Rule>>> = {
  "workspace.read": rule("any", "any", "any", "any"),
  "workspace.change": rule("never", "any", "any", "never"),
  "workspace.delete": rule("never", "never", "any", "never"),
  "issue.write": rule("any", "any", "any", "any"),
  "issue.delete": rule("own", "any", "any", "never"),
  "comment.write": rule("any", "any", "any", "any"),
  "comment.edit": rule("own", "any", "any", "own"),
  "comment.delete": rule("own", "any", "any", "own"),
  "agent.create": rule("any", "any", "any", "any"),
  "agent.edit": rule("own", "any", "any", "never"),
  "agent.archive": rule("own", "any", "any", "never"),
  "agent.set_access": rule("own", "own", "own", "never"),
  "agent.environment": rule("own", "any", "any", "never"),
  "skill.create": rule("any", "any", "any", "any"),
  "skill.edit": rule("own", "any", "any", "own"),
  "skill.overwrite": rule("own", "own", "own", "own"),
  "skill.delete": rule("own", "any", "any", "never"),
  "task.cancel": rule("visible", "any", "any", "own"),
  "project.create": rule("any", "any", "any", "never"),
  "project.delete": rule("never", "any", "any", "never"),
  "runtime.change": rule("own", "any", "any", "never"),
  "runtime.share": rule("own", "own", "own", "never"),
  "member.manage": rule("never", "any", "any", "never"),
  "member.manage_owners": rule("never", "never", "any", "never"),
  "invitation.manage": rule("never", "any", "any", "never"),
  "guard.manage": rule("never", "any", "any", "never"),
  "audit.read": rule("never", "any", "any", "never"),
};

/** Whether an actor has a capability on a thing that it stands to as `relation` says. */
export function isAllowed(
  actor: PermissionActor,
  capability: Capability,
  relation: Relation,
): boolean {
  switch (permissionMatrix[capability][actor]) {
    case "any":
      return true;
    case "visible":
      return relation !== "other";
    case "own":
      return relation === "own";
    case "never":
      return false;
  }
}

/** Whether a person may change or remove a member: only owners touch an owner's row or grant the role. */
export function mayChangeMember(
  actor: Role,
  change: { readonly from: Role; readonly to: Role | "removed" },
): boolean {
  const touchesOwner = change.from === "owner" || change.to === "owner";
  return isAllowed(actor, touchesOwner ? "member.manage_owners" : "member.manage", "other");
}
