import type { CliSpec } from "../core/cli-spec.ts";
import { mcpFileOf, plainMcpFile } from "../core/mcp-config.ts";
import type { RunOptions } from "../core/types.ts";
import { claudeSessionFiles } from "./claude-session-files.ts";
import { createClaudeMapper } from "../mappers/claude.ts";

/** Claude Code, driven by stream-json both ways. */
export const claude: CliSpec = {
  id: "claude",
  title: "Claude Code",
  bins: ["claude"],
  driver: "stream-json",
  createMapper: createClaudeMapper,
  verified: true,
  version: { args: ["--version"], minimum: "2.0.0", note: null, drivenWith: "2.1.330" },
  setup: {
    npmPackage: "@anthropic-ai/claude-code",
    installScript: "install.cjs",
    signIn: "claude auth login",
  },
  protocolArguments,
  prompt: "stdin-frame",
  model: "argument",
  effort: "argument",
  mcp: "file",
  mcpFiles: plainMcpFile,
  resume: {
    kind: "flag",
    boundTo: ["directory", "home"],
    rejected: [/no conversation found with session id/i],
  },
  effortLevels: ["low", "medium", "high", "xhigh", "max"],
  blocked: {
    "-p": "flag",
    "--print": "flag",
    "--output-format": "value",
    "--input-format": "value",
    "--permission-mode": "value",
    "--permission-prompt-tool": "value",
    "--dangerously-skip-permissions": "flag",
    "--mcp-config": "value",
    "--strict-mcp-config": "flag",
    "--model": "value",
    "--effort": "value",
    "--resume": "optional",
    "-r": "optional",
    "--continue": "flag",
    "-c": "flag",
    "--session-id": "value",
    "--fork-session": "flag",
    "--include-partial-messages": "flag",
    "--replay-user-messages": "flag",
  },
  environment: { set: environment, reserved: ["CLAUDE_CONFIG_DIR"] },
  context: {
    file: "CLAUDE.md",
    skillsDirectory: ".claude/skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "native",
  },
  usage: {
    source: "claude.modelUsage",
    accumulation: "session",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: "anthropic",
    gap: null,
  },
  cancel: "control",
  quirks: { sessionFiles: claudeSessionFiles },
  idleTimeoutMs: null,
};

function protocolArguments(options: RunOptions): readonly string[] {
  return [
    "-p",
    "--output-format",
    "stream-json",
    "--input-format",
    "stream-json",
    "--verbose",
    // Final figures of every call of the main loop while the run goes on, not only at its end.
    "--include-partial-messages",
    "--permission-mode",
    "bypassPermissions",
    "--disallowedTools",
    "AskUserQuestion",
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.effort === null ? [] : ["--effort", options.effort]),
    ...(options.systemPrompt === null ? [] : ["--append-system-prompt", options.systemPrompt]),
    ...(options.resumeSessionId === null ? [] : ["--resume", options.resumeSessionId]),
    ...(options.mcpConfig === null
      ? []
      : ["--mcp-config", mcpFileOf(options), "--strict-mcp-config"]),
  ];
}

/** Defaults that people may override in the environment of the daemon or the agent. */
function environment(options: RunOptions): Readonly<Record<string, string>> {
  const defaults: Readonly<Record<string, string>> = {
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    // The default of ten retries keeps even a refused login busy for minutes.
    CLAUDE_CODE_MAX_RETRIES: "4",
  };
  const chosen = Object.entries(defaults).filter(
    ([name]) => options.environment[name] === undefined,
  );
  return {
    ...Object.fromEntries(chosen),
    // As root Claude Code bypasses permissions only with exactly this value; any other refuses the run.
    ...(process.getuid?.() === 0 ? { IS_SANDBOX: "1" } : {}),
  };
}
