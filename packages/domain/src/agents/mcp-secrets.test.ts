import { describe, expect, it } from "vitest";
import { mcpSecrets, withKeptSecrets } from "./mcp-secrets.ts";

const stored = {
  notes: { command: "notes-server", env: { NOTES_KEY: "first" } },
  search: { url: "https://search.test/mcp", headers: { authorization: "Bearer second" } },
};

describe("secrets of MCP servers", () => {
  it("are the values of variables and headers", () => {
    expect(mcpSecrets({ ...stored, plain: { command: "true", args: ["--fast"] } })).toEqual([
      "first",
      "Bearer second",
    ]);
  });

  it("are kept by name, and left out where nothing is stored", () => {
    const wanted = {
      notes: { command: "newer-server", env: { NOTES_KEY: "****", OTHER: "****", MODE: "fast" } },
      search: { url: "https://search.test/mcp", headers: { authorization: "****" } },
      fresh: { command: "fresh", env: { NOTES_KEY: "****" } },
    };
    expect(withKeptSecrets(wanted, stored)).toEqual({
      notes: { command: "newer-server", env: { NOTES_KEY: "first", MODE: "fast" } },
      search: { url: "https://search.test/mcp", headers: { authorization: "Bearer second" } },
      fresh: { command: "fresh", env: {} },
    });
    expect(withKeptSecrets({ plain: { command: "true" } }, null)).toEqual({
      plain: { command: "true" },
    });
  });

  it("do not pass from a program to an address of the same name", () => {
    const moved = { notes: { url: "https://elsewhere.test", headers: { NOTES_KEY: "****" } } };
    expect(withKeptSecrets(moved, stored)).toEqual({
      notes: { url: "https://elsewhere.test", headers: {} },
    });
  });
});
