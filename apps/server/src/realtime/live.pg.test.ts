import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { issues } from "@headcount/contract/issues/routes";
import { members } from "@headcount/contract/members/routes";
import { account } from "@headcount/contract/users/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { createTestMachine } from "../testing/test-machine.ts";
import type { TestApp } from "../testing/test-app.ts";
import { cursorOf, openTabs, rowsIn, type Tab, type Tabs, typesIn } from "./tabs.fixture.ts";
import { createTalker } from "./talker.fixture.ts";

describe("browser socket", () => {
  let test: TestApp;
  let tabs: Tabs;

  beforeAll(async () => {
    tabs = await openTabs();
    ({ test } = tabs);
  });
  afterAll(() => tabs[Symbol.asyncDispose]());

  it("delivers what another person changes, and what was missed before subscribing", async () => {
    const after = await cursorOf(test.bob);
    const { issue } = await test.alice.call(issues.create, {
      workspace: "acme",
      title: "Seen by Bob",
    });
    const tab = await tabs.signedIn(test.bob);
    tab.send({ type: "sub", stream: `workspace:${test.workspaceId}`, after: String(after) });
    await waitFor(() => typesIn(tab).includes("issue.created"), { describe: "the missed change" });
    await test.alice.call(issues.update, { workspace: "acme", issue: issue.id, priority: "high" });
    await waitFor(() => typesIn(tab).includes("issue.updated"), { describe: "the live change" });
    expect(typesIn(tab)).toEqual(["issue.created", "issue.updated"]);
  });

  it("INV-108 a tab that comes back gets exactly what it missed, merged per entity", async () => {
    const { issue } = await test.alice.call(issues.create, {
      workspace: "acme",
      title: "Edited often",
    });
    const after = await cursorOf(test.bob);
    for (const priority of ["low", "medium", "high"] as const) {
      await test.alice.call(issues.update, { workspace: "acme", issue: issue.id, priority });
    }
    const tab = await tabs.signedIn(test.bob);
    tab.send({ type: "sub", stream: `workspace:${test.workspaceId}`, after: String(after) });
    const page = await tab.until("changes");
    expect(page.from).toBe(String(after));
    expect(Number(page.to)).toBe(after + 3);
    expect(page.items).toHaveLength(1);
    expect(page.items[0]?.entity.revision).toBe(issue.revision + 3);
  });

  it("asks for a fresh load when the cursor lies in the future", async () => {
    const tab = await tabs.signedIn(test.bob);
    tab.send({ type: "sub", stream: `workspace:${test.workspaceId}`, after: "999999999" });
    expect(await tab.until("snapshot_required")).toMatchObject({ reason: "cursor_too_old" });
  });

  it("INV-71 cuts oversized frames before authentication, and answers rubbish with an error", async () => {
    const big = tabs.open();
    await new Promise((resolve) => big.socket.once("open", resolve));
    const closed = new Promise<number>((resolve) => big.socket.once("close", resolve));
    big.socket.send("x".repeat(65 * 1024));
    expect(await closed).toBe(1009);

    const tab = await tabs.signedIn(test.bob);
    for (const rubbish of ["", "{", "[]", '{"type":"sub"}', '{"type":"nothing"}'])
      tab.socket.send(rubbish);
    await waitFor(() => tab.frames.filter((frame) => frame.type === "error").length === 5, {
      describe: "five errors",
    });
    tab.send({ type: "ping" });
    await tab.until("pong");
  });

  it("refuses a foreign origin and a wrong token", async () => {
    const foreign = tabs.open("/api/live", { origin: "https://evil.example" });
    const status = await new Promise((resolve) =>
      foreign.socket.once("unexpected-response", (_request, reply) => resolve(reply.statusCode)),
    );
    expect(status).toBe(403);
    const tab = tabs.open();
    await new Promise((resolve) => tab.socket.once("open", resolve));
    const closed = new Promise<number>((resolve) => tab.socket.once("close", resolve));
    tab.send({ type: "auth", token: "hcp_wrong" });
    expect(await closed).toBe(4401);
  });

  it("INV-109 a removed member gets nothing that happens after the removal", async () => {
    const dora = await test.addPerson("Dora");
    const tab = await tabs.signedIn(dora);
    tab.send({
      type: "sub",
      stream: `workspace:${test.workspaceId}`,
      after: String(await cursorOf(dora)),
    });
    await tab.until("ack");
    await test.alice.call(members.remove, { workspace: "acme", memberId: dora.userId });
    await test.alice.call(issues.create, { workspace: "acme", title: "After Dora left" });
    await waitFor(() => tab.frames.some((frame) => frame.type === "error"), {
      describe: "the end of the stream",
    });
    expect(typesIn(tab)).not.toContain("issue.created");
  });

  it("INV-118 a machine whose token has ended hears nothing more", async () => {
    const { alice } = test;
    const machine = await createTestMachine(test, alice);
    const tab = tabs.open("/api/daemon/live", { authorization: `Bearer ${machine.token}` });
    await waitFor(() => tab.frames.length > 0, { describe: "the first hint" });
    const closed = new Promise<number>((resolve) => tab.socket.once("close", resolve));
    await alice.call(daemon.enrol, {
      daemonId: machine.daemonId,
      deviceName: "The same machine",
      version: "0.1.0",
      platform: "linux",
      capabilities: [],
    });
    expect(await closed).toBe(1008);
  });

  it("INV-84 a closed agent's transcript reaches its audience only, and only as long as they are it", async () => {
    const { alice, bob } = test;
    const carol = await test.addPerson("Carol", "admin");
    const { agentId, stream, say } = await createTalker(test, {
      access: "allow_list",
      allowedMemberIds: [bob.userId],
    });
    const saidIn = (tab: Tab): string[] => rowsIn(tab).map((row) => row.content);
    const [admin, owner, listed] = await Promise.all([carol, alice, bob].map(tabs.signedIn));
    if (!admin || !owner || !listed) throw new Error("A tab is missing");
    for (const tab of [admin, owner, listed]) tab.send({ type: "sub", stream, after: "" });
    expect(await admin.until("error")).toMatchObject({ reason: "task.not_found" });
    await say(1);
    await waitFor(() => [owner, listed].every((tab) => saidIn(tab).includes("line 1")), {
      describe: "the first line in both tabs",
    });
    await alice.call(agents.setAccess, {
      workspace: "acme",
      agentId,
      access: "owner_only",
      allowedMemberIds: [],
    });
    await say(2);
    expect(await listed.until("error")).toMatchObject({ reason: "task.not_found", stream });
    await waitFor(() => saidIn(owner).includes("line 2"), { describe: "the second line" });
    expect(saidIn(listed)).toEqual(["line 1"]);
    expect(saidIn(admin)).toEqual([]);
  });

  it("INV-118 a revoked token closes its socket", async () => {
    const { token, value } = await test.bob.call(account.createToken, { name: "short" });
    const tab = tabs.open("/api/live", { authorization: `Bearer ${value}` });
    await tab.until("ready");
    const closed = new Promise<number>((resolve) => tab.socket.once("close", resolve));
    await test.bob.call(account.revokeToken, { tokenId: token.id });
    expect(await closed).toBe(1001);
  });
});
