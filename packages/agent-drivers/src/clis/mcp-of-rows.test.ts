import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CliSpec } from "../core/cli-spec.ts";
import { runCommand } from "../core/run-command.ts";
import type { RunOptions } from "../core/types.ts";
import { cline } from "./cline.ts";
import { codebuddy } from "./codebuddy.ts";
import { copilot } from "./copilot.ts";
import { cursor } from "./cursor.ts";
import { openclaw } from "./openclaw.ts";
import { pi } from "./pi.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "servers-of-rows-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const mcpServers = {
  notes: { command: "notes-server", args: ["--fast"], env: { NOTES_KEY: "secret" } },
  search: { type: "http", url: "https://search.test/mcp", headers: { authorization: "Bearer t" } },
  old: { type: "sse", url: "https://old.test/sse" },
};

function given(spec: CliSpec, mcpConfig: RunOptions["mcpConfig"] = { mcpServers }) {
  const options: RunOptions = {
    executable: spec.id,
    launchPrefix: [],
    extraArguments: [],
    workDirectory: join(root, "work"),
    prompt: "p",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig,
    privateDirectory: join(root, "private"),
    environment: { HOME: root },
    marker: "m",
    startedAtMs: 0,
  };
  const files = mcpConfig === null ? [] : (spec.mcpFiles?.(options, mcpConfig) ?? []);
  return { ...runCommand(spec, options), files };
}

const file = (): string => join(root, "private", "mcp", "servers.json");

describe("MCP servers of a run", () => {
  it.each([cline, copilot, cursor, openclaw, pi, codebuddy])(
    "change nothing for $id where the machine's own stay",
    (spec) => {
      expect(given(spec, null)).toMatchObject({ files: [] });
      expect(JSON.stringify(given(spec, null))).not.toMatch(/mcp/i);
    },
  );

  it.each([cline, copilot, cursor, openclaw, pi, codebuddy])(
    "INV-80 stand in no argument and no variable of $id",
    (spec) => {
      const notes = { notes: mcpServers.notes };
      const { arguments: words, environment, files } = given(spec, { mcpServers: notes });
      expect(JSON.stringify([words, environment])).not.toContain("secret");
      expect(JSON.stringify(files)).toContain("secret");
    },
  );

  it("stand in a file for Copilot, whose protocol drops those that are programs", () => {
    const { arguments: words, files } = given(copilot);
    expect(words.slice(-2)).toEqual(["--additional-mcp-config", `@${file()}`]);
    expect(files).toEqual([{ path: file(), text: JSON.stringify({ mcpServers }) }]);
  });

  it("are what a variable leads Cline to", () => {
    const { environment, files } = given(cline);
    expect(environment).toMatchObject({ CLINE_MCP_SETTINGS_PATH: file() });
    expect(files).toEqual([{ path: file(), text: JSON.stringify({ mcpServers }) }]);
  });

  it("stand beside a person's configuration of OpenClaw, in its own words", () => {
    mkdirSync(join(root, ".openclaw"));
    const own = join(root, ".openclaw", "openclaw.json");
    writeFileSync(own, "{}");
    const { environment, files } = given(openclaw);
    expect(environment).toMatchObject({
      OPENCLAW_CONFIG_PATH: file(),
      OPENCLAW_INCLUDE_ROOTS: join(root, ".openclaw"),
    });
    expect(JSON.parse(files[0]?.text ?? "")).toEqual({
      $include: own,
      mcp: {
        servers: {
          notes: mcpServers.notes,
          search: {
            url: "https://search.test/mcp",
            transport: "streamable-http",
            headers: { authorization: "Bearer t" },
          },
          old: { url: "https://old.test/sse", transport: "sse" },
        },
      },
    });
    rmSync(own);
    expect(JSON.parse(given(openclaw).files[0]?.text ?? "")).not.toHaveProperty("$include");
  });

  it("stand in the work directory of Cursor, out of sight of git, and approved", () => {
    const { arguments: words, files } = given(cursor);
    expect(words).toContain("--approve-mcps");
    const [ignore, servers] = files;
    expect(ignore?.path).toBe(join(root, "work", ".cursor", ".gitignore"));
    expect(ignore?.text.split("\n")).toEqual(expect.arrayContaining(["/mcp.json", "/.gitignore"]));
    expect(servers).toEqual({
      path: join(root, "work", ".cursor", "mcp.json"),
      text: JSON.stringify({ mcpServers }),
    });
  });

  it("reach Pi by an extension, which refuses a transport that it does not speak", () => {
    const { old: _old, ...spoken } = mcpServers;
    const { arguments: words, environment, files } = given(pi, { mcpServers: spoken });
    expect(words.slice(words.indexOf("--extension")).slice(0, 2)).toEqual([
      "--extension",
      expect.stringMatching(/pi-extension\/mcp-extension\.ts$/),
    ]);
    expect(environment).toMatchObject({ HEADCOUNT_PI_MCP_SERVERS: file() });
    expect(files).toEqual([{ path: file(), text: JSON.stringify({ mcpServers: spoken }) }]);
    expect(() => given(pi)).toThrow('"old" speaks sse');
  });
});
