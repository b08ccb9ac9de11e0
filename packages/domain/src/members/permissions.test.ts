import { Role } from "@headcount/contract/workspaces/schemas";
import { describe, expect, it } from "vitest";
import {
  type Capability,
  isAllowed,
  mayChangeMember,
  type PermissionActor,
  permissionMatrix,
  type Relation,
} from "./permissions.ts";

const actors: readonly PermissionActor[] = ["member", "admin", "owner", "agent"];
const relations: readonly Relation[] = ["own", "visible", "other"];
const capabilities = Object.keys(permissionMatrix) as readonly Capability[];

describe("isAllowed", () => {
  it("INV-44 grants exactly the matrix", () => {
    const granted = (capability: Capability): string =>
      actors
        .map((actor) => {
          const where = relations.filter((relation) => isAllowed(actor, capability, relation));
          return where.length === relations.length ? "all" : where.join("+") || "-";
        })
        .join(" ");
    expect(Object.fromEntries(capabilities.map((it) => [it, granted(it)]))).toEqual({
      "workspace.read": "all all all all",
      "workspace.change": "- all all -",
      "workspace.delete": "- - all -",
      "issue.write": "all all all all",
      "issue.delete": "own all all -",
      "comment.write": "all all all all",
      "comment.edit": "own all all own",
      "comment.delete": "own all all own",
      "agent.create": "all all all all",
      "agent.edit": "own all all -",
      "agent.archive": "own all all -",
      "agent.set_access": "own own own -",
      "agent.environment": "own all all -",
      "skill.create": "all all all all",
      "skill.edit": "own all all own",
      "skill.overwrite": "own own own own",
      "skill.delete": "own all all -",
      "task.cancel": "own+visible all all own",
      "project.create": "all all all -",
      "project.delete": "- all all -",
      "runtime.change": "own all all -",
      "runtime.share": "own own own -",
      "member.manage": "- all all -",
      "member.manage_owners": "- - all -",
      "invitation.manage": "- all all -",
      "guard.manage": "- all all -",
      "audit.read": "- all all -",
    });
  });

  it("gives an owner everything an admin has, and an admin everything a member has", () => {
    for (const capability of capabilities) {
      for (const relation of relations) {
        const [member, admin, owner] = (["member", "admin", "owner"] as const).map((role) =>
          isAllowed(role, capability, relation),
        );
        expect(!member || admin).toBe(true);
        expect(!admin || owner).toBe(true);
      }
    }
  });

  it("lets only owners touch owners", () => {
    for (const actor of Role.options) {
      for (const from of Role.options) {
        for (const to of [...Role.options, "removed"] as const) {
          const touchesOwner = from === "owner" || to === "owner";
          const expected = actor === "owner" || (actor === "admin" && !touchesOwner);
          expect(mayChangeMember(actor, { from, to })).toBe(expected);
        }
      }
    }
  });
});
