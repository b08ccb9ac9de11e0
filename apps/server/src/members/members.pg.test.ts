import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invitations, members } from "@headcount/contract/members/routes";
import { account, auth, join } from "@headcount/contract/users/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { mintOwnerLink } from "../users/owner-link.ts";

describe("people and workspaces", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("shows both people with their roles", async () => {
    const { items } = await test.bob.call(members.list, { workspace: "acme" });
    expect(items.map((member) => [member.name, member.role])).toEqual([
      ["Alice", "owner"],
      ["Bob", "member"],
    ]);
  });

  it("INV-121 the owner link is gone once there is an owner", async () => {
    expect(await mintOwnerLink(test.app)).toBeNull();
    await expect(
      test.callAs(null, auth.setup, {
        secret: "x".repeat(43),
        name: "Eve",
        email: "eve@example.test",
      }),
    ).rejects.toMatchObject({ code: "gone", reason: "owner_link.used" });
  });

  it("answers 404 for a workspace that one does not belong to, as for one that does not exist", async () => {
    const other = await test.alice.call(workspaces.create, { name: "Other", slug: "other" });
    await expect(test.bob.call(workspaces.get, { workspace: "other" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(test.bob.call(workspaces.get, { workspace: other.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(test.bob.call(workspaces.get, { workspace: "nowhere" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("lets admins invite, and refuses members", async () => {
    await expect(
      test.bob.call(invitations.create, {
        workspace: "acme",
        email: "x@example.test",
        role: "member",
      }),
    ).rejects.toMatchObject({ code: "forbidden", reason: "role_required" });
  });

  it("uses an invitation once", async () => {
    const { url } = await test.alice.call(invitations.create, {
      workspace: "acme",
      email: "dora@example.test",
      role: "member",
    });
    const code = url.slice(url.lastIndexOf("/") + 1);
    await test.callAs(null, join.accept, { code, name: "Dora" });
    await expect(test.callAs(null, join.accept, { code, name: "Dora" })).rejects.toMatchObject({
      code: "gone",
      reason: "invitation.ended",
    });
  });

  it("INV-94 of two owners who leave together one stays", async () => {
    const carol = await test.addPerson("Carol", "admin");
    await test.alice.call(members.update, {
      workspace: "acme",
      memberId: carol.userId,
      role: "owner",
    });
    const results = await Promise.allSettled([
      test.alice.call(members.update, {
        workspace: "acme",
        memberId: test.alice.userId,
        role: "admin",
      }),
      carol.call(members.leave, { workspace: "acme" }),
    ]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const remaining = await test.bob.call(members.list, { workspace: "acme" });
    expect(remaining.items.filter((member) => member.role === "owner").length).toBeGreaterThan(0);
  });

  it("appends every change to the log in order, and replays it from a cursor", async () => {
    const me = await test.bob.call(account.bootstrap, {});
    const acme = me.workspaces.find((workspace) => workspace.slug === "acme");
    const before = acme?.cursor ?? 0;
    await test.addPerson("Erin");
    const page = await test.bob.call(changes.poll, { workspace: "acme", after: before });
    expect(page.items.map((item) => item.type)).toContain("member.added");
    // Invitations concern admins only; the cursor moves all the same.
    expect(page.items.map((item) => item.type)).not.toContain("invitation.created");
    expect(page.to).toBeGreaterThan(before);
  });

  it("INV-118 a revoked token is refused from the next request on", async () => {
    const { items } = await test.bob.call(account.listTokens, {});
    const { token, value } = await test.bob.call(account.createToken, { name: "second" });
    expect(items.length).toBe(1);
    await test.callAs(value, account.me, {});
    await test.bob.call(account.revokeToken, { tokenId: token.id });
    await expect(test.callAs(value, account.me, {})).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });
});
