import { AgentAccessMode } from "@headcount/contract/agents/schemas";
import { Role } from "@headcount/contract/workspaces/schemas";
import { describe, expect, it } from "vitest";
import { type AgentAccess, mayInvoke, mayInvokeUnattributed } from "./may-invoke.ts";
import { agentVisibility, maySeeRuns } from "./may-see.ts";

const access = (mode: AgentAccess["mode"]): AgentAccess => ({
  mode,
  ownerId: "owner",
  allowedMemberIds: ["listed"],
});

describe("mayInvoke", () => {
  it.each([
    ["owner_only", "owner", true],
    ["owner_only", "listed", false],
    ["owner_only", "stranger", false],
    ["allow_list", "owner", true],
    ["allow_list", "listed", true],
    ["allow_list", "stranger", false],
    ["workspace", "owner", true],
    ["workspace", "stranger", true],
  ] as const)("INV-44 %s: %s → %s", (mode, userId, expected) => {
    expect(mayInvoke(access(mode), { userId, isMember: true })).toBe(expected);
    expect(mayInvoke(access(mode), { userId, isMember: false })).toBe(false);
  });

  it("INV-44 refuses work that no person stands behind unless it is allowed for all", () => {
    for (const mode of AgentAccessMode.options) {
      expect(mayInvoke(access(mode), null)).toBe(false);
      expect(mayInvokeUnattributed(access(mode), "refuse")).toBe(false);
      expect(mayInvokeUnattributed(access(mode), "allow")).toBe(mode === "workspace");
    }
  });
});

describe("agentVisibility", () => {
  it.each([
    ["owner_only", "owner", "member", "full"],
    ["owner_only", "stranger", "member", "none"],
    ["owner_only", "stranger", "admin", "inventory"],
    ["owner_only", "stranger", "owner", "inventory"],
    ["owner_only", "listed", "member", "none"],
    ["allow_list", "listed", "member", "full"],
    ["allow_list", "stranger", "member", "none"],
    ["allow_list", "stranger", "admin", "inventory"],
    ["workspace", "stranger", "member", "full"],
  ] as const)("INV-44 %s shows %s (%s) %s", (mode, userId, role, expected) => {
    expect(agentVisibility(access(mode), { userId, role })).toBe(expected);
    expect(maySeeRuns(access(mode), { userId, role })).toBe(expected === "full");
  });

  it("shows nothing without a person", () => {
    expect(agentVisibility(access("workspace"), null)).toBe("none");
  });

  it("everybody who may give work sees the agent", () => {
    for (const mode of AgentAccessMode.options) {
      for (const role of Role.options) {
        for (const userId of ["owner", "listed", "stranger"]) {
          const invokes = mayInvoke(access(mode), { userId, isMember: true });
          expect(agentVisibility(access(mode), { userId, role }) === "full").toBe(invokes);
        }
      }
    }
  });
});
