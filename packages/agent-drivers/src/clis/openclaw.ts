import type { CliSpec } from "../core/cli-spec.ts";
import type { RunOptions } from "../core/types.ts";
import { createOpenclawMapper } from "../mappers/openclaw.ts";
import { openclawMcpEnvironment, openclawMcpFiles } from "./openclaw-mcp.ts";

/**
 * OpenClaw's one-shot `agent exec`, which works in the directory it is given. Its older `agent`
 * continues sessions, but only in the workspace of the user's own configuration.
 */
export const openclaw: CliSpec = {
  id: "openclaw",
  title: "OpenClaw",
  bins: ["openclaw"],
  driver: "buffered",
  createMapper: createOpenclawMapper,
  verified: false,
  version: {
    args: ["--version"],
    minimum: "2026.5.5",
    note: "Driven with 2026.9.6 in part. Versions before 2026.5.5 print their report to stderr.",
    drivenWith: "2026.9.6",
  },
  protocolArguments,
  prompt: "stdin-eof",
  model: "argument",
  effort: "none",
  mcp: "file",
  mcpFiles: openclawMcpFiles,
  resume: { kind: "none", boundTo: [], rejected: [] },
  effortLevels: [],
  blocked: {
    agent: "flag",
    exec: "flag",
    "--local": "flag",
    "--json": "flag",
    "--cwd": "value",
    "--session-id": "value",
    "--message": "value",
    "--message-file": "value",
    "--config": "value",
    "--isolated": "flag",
    "--state-dir": "value",
    "-m": "value",
    "--model": "value",
    "--system-prompt": "value",
    "--timeout": "value",
  },
  environment: {
    set: (options) => ({
      OPENCLAW_NO_AUTO_UPDATE: "1",
      OPENCLAW_SKIP_CHANNELS: "1",
      ...openclawMcpEnvironment(options),
    }),
    reserved: ["OPENCLAW_CONFIG_PATH", "OPENCLAW_INCLUDE_ROOTS"],
  },
  context: {
    file: "AGENTS.md",
    skillsDirectory: "skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "prepend",
  },
  usage: {
    source: "openclaw.report",
    accumulation: "process",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: null,
  },
  cancel: "signal",
  // A worker keeps the pipes open after the report.
  quirks: { lingersAfterResultMs: 2_000 },
  idleTimeoutMs: null,
};

/** Longer than any run: its own limit of ten minutes would end work that goes well. */
const longestRunSeconds = 86_400;

function protocolArguments(options: RunOptions): readonly string[] {
  return [
    "agent",
    "exec",
    "--message-file",
    "-",
    "--cwd",
    options.workDirectory,
    "--json",
    "--timeout",
    String(longestRunSeconds),
    ...(options.model === null ? [] : ["--model", options.model]),
  ];
}
