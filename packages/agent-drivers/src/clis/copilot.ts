import type { CliSpec } from "../core/cli-spec.ts";
import { mcpFileOf, plainMcpFile } from "../core/mcp-config.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { copilotUsageSource } from "../drivers/acp/copilot-session-files.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** GitHub Copilot CLI. Its plain mode would need the prompt on the command line. */
export const copilot: CliSpec = acpRow({
  id: "copilot",
  title: "GitHub Copilot CLI",
  bins: ["copilot"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: "1.0.0",
    note: "Driven with 1.0.102.",
    drivenWith: "1.0.102",
  },
  setup: { npmPackage: "@github/copilot", installScript: null, signIn: "copilot login" },
  protocolArguments: (options) => [
    "--acp",
    "--allow-all",
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.effort === null ? [] : ["--reasoning-effort", options.effort]),
    ...(options.mcpConfig === null ? [] : ["--additional-mcp-config", `@${mcpFileOf(options)}`]),
  ],
  // Through its protocol it takes no server that is a program, and says so in its log only.
  mcpFiles: plainMcpFile,
  resumeKind: "rpc-load",
  effortLevels: ["low", "medium", "high"],
  effort: "argument",
  blocked: {
    "--acp": "flag",
    "-p": "value",
    "--prompt": "value",
    "--output-format": "value",
    "--allow-all": "flag",
    "--allow-all-tools": "flag",
    "--allow-all-paths": "flag",
    "--allow-all-urls": "flag",
    "--yolo": "flag",
    "--no-ask-user": "flag",
    "--resume": "optional",
    "--continue": "flag",
    "--session-id": "value",
    "--model": "value",
    "--reasoning-effort": "value",
  },
  environment: {
    set: () => ({ COPILOT_AUTO_UPDATE: "false" }),
    reserved: ["COPILOT_HOME"],
  },
  context: { skillsDirectory: ".github/skills" },
  usage: {
    source: acpUsageSources.reply,
    // The totals restart at zero in a new process, also when it loads an earlier session.
    accumulation: "process",
    inputIncludes: ["cacheRead", "cacheWrite"],
    outputExcludesReasoning: false,
    provider: null,
    gap: null,
  },
  dialect: {
    // The reply is too late for a run that is watched, or that never sees its end.
    records: { source: copilotUsageSource, gap: null },
    setModel: "argument",
    modelEnvironment: "COPILOT_MODEL",
    notices: [/^(Info|Warning): /],
    retryNotices: [/^Info: Request failed\b.*\bRetrying\b/s],
    // 401 and 429 end the turn as `end_turn`, with the error as the agent's text.
    failureTexts: [/^Error: /],
  },
});
