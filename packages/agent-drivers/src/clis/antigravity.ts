import { join } from "node:path";
import type { CliSpec } from "../core/cli-spec.ts";
import type { RunOptions } from "../core/types.ts";
import { plainTextMapper } from "../mappers/plain-text.ts";
import { readModelLines } from "../inspection/read-model-lines.ts";

/** Antigravity's CLI prints its answer and nothing else; the id of the session is in its log. */
export const antigravity: CliSpec = {
  id: "antigravity",
  title: "Antigravity",
  bins: ["agy"],
  driver: "buffered",
  createMapper: plainTextMapper({
    failures: [
      { pattern: /\bPrint mode: timed out after \d+ polls\b/i, class: "agent_timeout" },
      { pattern: /\bagent executor error:/i, class: null },
    ],
    sessionInLog:
      /\bconversation\b[^\n]{0,40}?\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/i,
  }),
  verified: false,
  version: {
    args: ["--version"],
    minimum: "1.0.6",
    note: "Not driven yet. The choice of a model needs 1.0.6.",
  },
  models: { kind: "command", arguments: ["models"], read: readModelLines },
  protocolArguments,
  prompt: "argv",
  model: "argument",
  effort: "none",
  mcp: "none",
  resume: { kind: "flag", boundTo: ["directory", "home"], rejected: [] },
  effortLevels: [],
  blocked: {
    "-p": "value",
    "--print": "value",
    "--prompt": "value",
    "-i": "value",
    "--prompt-interactive": "value",
    "-c": "flag",
    "--continue": "flag",
    "--conversation": "value",
    "--model": "value",
    "--print-timeout": "value",
    "--dangerously-skip-permissions": "flag",
    "--log-file": "value",
    "--settings": "value",
    "--add-dir": "value",
  },
  environment: { set: () => ({}), reserved: [] },
  context: {
    file: "AGENTS.md",
    skillsDirectory: ".agents/skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "none",
  },
  usage: {
    source: "antigravity.none",
    accumulation: "none",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Antigravity reports no token counts.",
  },
  cancel: "signal",
  quirks: { runLog: logFile },
  idleTimeoutMs: null,
};

function logFile({ privateDirectory }: RunOptions): string {
  return join(privateDirectory, "antigravity.log");
}

function protocolArguments(options: RunOptions): readonly string[] {
  return [
    "-p",
    options.prompt,
    "--dangerously-skip-permissions",
    // Its default of five minutes ends long runs.
    "--print-timeout",
    "24h",
    "--log-file",
    logFile(options),
    "--add-dir",
    options.workDirectory,
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.resumeSessionId === null ? [] : ["--conversation", options.resumeSessionId]),
  ];
}
