import { describe, expect, it } from "vitest";
import { readMcpServers, shownMcpServers, storedChoice } from "./mcp-draft.ts";

describe("the MCP servers of an agent, as they are edited", () => {
  it("tell none from those of the machine", () => {
    expect([storedChoice(null), storedChoice([]), storedChoice(["a"])]).toEqual([
      "machine",
      "none",
      "these",
    ]);
    expect(readMcpServers("machine", "{")).toBeNull();
    expect(readMcpServers("none", "{")).toEqual({});
  });

  it("are read as they are shown, and with the member that other programs put around them", () => {
    const servers = { notes: { command: "notes-server", env: { KEY: "a" } } };
    expect(readMcpServers("these", shownMcpServers(servers))).toEqual(servers);
    expect(readMcpServers("these", JSON.stringify({ mcpServers: servers }))).toEqual(servers);
    expect(readMcpServers("these", null)).toHaveProperty("my-server");
  });

  it.each(["", "{", "[]", '{"a": {}}', '{"a b": {"command": "x"}}'])("cannot be %j", (typed) => {
    expect(readMcpServers("these", typed)).toBe("unreadable");
  });
});
