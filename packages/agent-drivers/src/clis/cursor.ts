import { join } from "node:path";
import type { CliSpec } from "../core/cli-spec.ts";
import type { LentFile } from "../core/lent-files.ts";
import type { McpConfig } from "../core/mcp-config.ts";
import type { RunOptions } from "../core/types.ts";
import { createCursorMapper } from "../mappers/cursor.ts";
import { readModelLines } from "../inspection/read-model-lines.ts";

/**
 * Cursor Agent: events in the manner of stream-json, but one way only. The level of effort is a
 * part of the model's id.
 */
export const cursor: CliSpec = {
  id: "cursor",
  title: "Cursor Agent",
  bins: ["cursor-agent"],
  driver: "ndjson",
  createMapper: createCursorMapper,
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  setup: { npmPackage: null, installScript: null, signIn: "cursor-agent login" },
  models: { kind: "command", arguments: ["--list-models"], read: readModelLines },
  protocolArguments,
  prompt: "stdin-eof",
  model: "argument",
  effort: "none",
  mcp: "file",
  mcpFiles: cursorMcpFiles,
  resume: { kind: "flag", boundTo: ["directory", "home"], rejected: [] },
  effortLevels: [],
  blocked: {
    "-p": "flag",
    "--print": "flag",
    "--output-format": "value",
    "--yolo": "flag",
    "--workspace": "value",
    "--model": "value",
    "--resume": "optional",
    "--continue": "flag",
    "--approve-mcps": "flag",
  },
  environment: { set: () => ({}), reserved: ["CURSOR_DATA_DIR", "CURSOR_MCP_AUTH_SOURCE"] },
  context: {
    file: "AGENTS.md",
    skillsDirectory: ".cursor/skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "none",
  },
  usage: {
    source: "cursor.result.usage",
    accumulation: "process",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: "cursor",
    gap: "Nobody has compared Cursor's token counts with what was served; a stopped run has none.",
  },
  cancel: "signal",
  // A worker keeps the pipes open after the result.
  quirks: { lingersAfterResultMs: 500 },
  idleTimeoutMs: null,
};

function protocolArguments(options: RunOptions): readonly string[] {
  return [
    "-p",
    "--output-format",
    "stream-json",
    "--yolo",
    "--workspace",
    options.workDirectory,
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.resumeSessionId === null ? [] : ["--resume", options.resumeSessionId]),
    // Servers that nobody has approved are passed over without a word.
    ...(options.mcpConfig === null ? [] : ["--approve-mcps"]),
  ];
}

/**
 * Cursor takes servers from the project's folder only. The first file keeps the second out of the
 * repository, and is how one that a killed run has left is known as ours.
 */
function cursorMcpFiles(options: RunOptions, config: McpConfig): readonly LentFile[] {
  const folder = join(options.workDirectory, ".cursor");
  const ignored = "# Of one run of Headcount\n/.gitignore\n/mcp.json\n";
  return [
    { path: join(folder, ".gitignore"), text: ignored },
    { path: join(folder, "mcp.json"), text: JSON.stringify(config) },
  ];
}
