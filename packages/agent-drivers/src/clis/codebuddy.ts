import type { CliSpec } from "../core/cli-spec.ts";
import { mcpFileOf } from "../core/mcp-config.ts";
import type { RunOptions } from "../core/types.ts";
import { createCodebuddyMapper } from "../mappers/codebuddy.ts";
import { claude } from "./claude.ts";

/** CodeBuddy Code, which speaks Claude Code's stream-json with a few members of its own. */
export const codebuddy: CliSpec = {
  ...claude,
  id: "codebuddy",
  title: "CodeBuddy Code",
  bins: ["codebuddy"],
  createMapper: createCodebuddyMapper,
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  setup: { npmPackage: null, installScript: null, signIn: null },
  protocolArguments,
  effortLevels: ["minimal", "low", "medium", "high", "xhigh", "max"],
  environment: { set: () => ({}), reserved: ["CODEBUDDY_CONFIG_DIR"] },
  context: {
    file: "CODEBUDDY.md",
    skillsDirectory: ".codebuddy/skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "native",
  },
  usage: {
    ...claude.usage,
    source: "codebuddy.modelUsage",
    provider: null,
    gap: "Nobody has compared CodeBuddy's token counts with what its provider served.",
  },
  quirks: { permissionMembers: { allowed: true } },
};

function protocolArguments(options: RunOptions): readonly string[] {
  return [
    "-p",
    "--output-format",
    "stream-json",
    "--input-format",
    "stream-json",
    "--verbose",
    "--permission-mode",
    "bypassPermissions",
    "--disallowedTools",
    "AskUserQuestion,EnterPlanMode,ExitPlanMode",
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.effort === null ? [] : ["--effort", options.effort]),
    ...(options.systemPrompt === null ? [] : ["--append-system-prompt", options.systemPrompt]),
    ...(options.resumeSessionId === null ? [] : ["--resume", options.resumeSessionId]),
    // Never strict: its own servers of user and project stay.
    ...(options.mcpConfig === null ? [] : ["--mcp-config", mcpFileOf(options)]),
  ];
}
