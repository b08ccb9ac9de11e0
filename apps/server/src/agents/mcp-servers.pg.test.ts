import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentMcp } from "@headcount/contract/agents/mcp-routes";
import { agents } from "@headcount/contract/agents/routes";
import { setWorkspace } from "../platform/database.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";

const workspace = "acme";
const canary = "canary-5e81d0";
const notes = { command: "notes-server", args: ["--fast"], env: { NOTES_KEY: canary } };

describe("MCP servers of an agent", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("tells an agent without servers from one with those of its machine", async () => {
    const { alice } = test;
    const created = await alice.call(agents.create, { workspace, name: "Plain" });
    expect(created.mcpServerNames).toBeNull();
    const input = { workspace, agentId: created.id };
    expect(await alice.call(agentMcp.get, input)).toEqual({ mcpServers: null });
    expect(await alice.call(agentMcp.set, { ...input, mcpServers: {} })).toEqual({
      mcpServerNames: [],
    });
    expect(await alice.call(agentMcp.get, input)).toEqual({ mcpServers: {} });
    await alice.call(agentMcp.set, { ...input, mcpServers: null });
    expect((await alice.call(agents.get, input)).mcpServerNames).toBeNull();
  });

  it("INV-80 hands out their secrets by the audited route only, to owner and admins", async () => {
    const { alice, bob } = test;
    const { id: agentId } = await alice.call(agents.create, { workspace, name: "Keeper" });
    const input = { workspace, agentId };
    await alice.call(agentMcp.set, { ...input, mcpServers: { notes } });
    const search = { url: "https://search.test/mcp", headers: { authorization: "****" } };
    const kept = { notes: { ...notes, env: { NOTES_KEY: "****" } }, search };
    const { mcpServerNames } = await alice.call(agentMcp.set, {
      ...input,
      mcpServers: kept,
    });
    expect(mcpServerNames).toEqual(["notes", "search"]);
    expect((await alice.call(agents.get, input)).mcpServerNames).toEqual(["notes", "search"]);
    expect(await alice.call(agentMcp.get, input)).toEqual({
      mcpServers: { notes, search: { ...search, headers: {} } },
    });
    await expect(bob.call(agentMcp.get, input)).rejects.toMatchObject({ status: 404 });
    await expect(bob.call(agentMcp.set, { ...input, mcpServers: null })).rejects.toMatchObject({
      status: 404,
    });
    const { stored, actions } = await recordsOf(test, agentId);
    expect(stored).not.toContain(canary);
    expect(actions).toEqual([
      "agent.mcp_servers_changed",
      "agent.mcp_servers_changed",
      "agent.mcp_servers_revealed",
    ]);
  });

  it.for([
    ["a server with neither a command nor an address", { notes: { args: ["--fast"] } }],
    ["an address of another kind", { notes: { url: "file:///etc/passwd" } }],
    ["a member that nobody knows", { notes: { command: "a", shell: true } }],
    ["a name that no tool can carry", { "no tes": { command: "a" } }],
  ] as const)("refuses %s", async ([what, mcpServers]) => {
    const { id: agentId } = await test.alice.call(agents.create, {
      workspace,
      name: `Refuses ${what}`,
    });
    await expect(
      test.alice.call(agentMcp.set, { workspace, agentId, mcpServers } as never),
    ).rejects.toMatchObject({ status: 422 });
  });
});

type Records = { readonly stored: string; readonly actions: readonly string[] };

/** Every row that could carry text of a request or of a reply, and what was written down of it. */
async function recordsOf(test: TestApp, target: string): Promise<Records> {
  const [records] = await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    const [row] = await tx<{ stored: string; actions: string[] }[]>`
      select concat_ws(' ',
        (select string_agg(c::text, ' ') from changes c),
        (select string_agg(a::text, ' ') from audit_entries a),
        (select string_agg(g::text, ' ') from agents g),
        (select string_agg(i::text, ' ') from idempotency_keys i)) as stored,
        array(select a.action from audit_entries a where a.target = ${target}
          order by a.at, a.id) as actions`;
    return [row];
  });
  return records ?? { stored: "", actions: [] };
}
