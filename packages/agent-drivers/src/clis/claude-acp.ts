import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** Claude Code behind the bridge `@agentclientprotocol/claude-agent-acp`. */
export const claudeAcp: CliSpec = acpRow({
  id: "claude-acp",
  title: "Claude Code (ACP bridge)",
  bins: ["claude-agent-acp", "claude-code-acp"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: null,
    note: "Driven with 0.100.0.",
    drivenWith: "0.100.0",
  },
  protocolArguments: () => [],
  resumeKind: "rpc-resume",
  effortLevels: ["low", "medium", "high", "max"],
  blocked: {},
  environment: { set: () => ({ DISABLE_AUTOUPDATER: "1" }), reserved: [] },
  context: { file: "CLAUDE.md", skillsDirectory: ".claude/skills" },
  usage: {
    source: acpUsageSources.quota,
    accumulation: "process",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: "anthropic",
    gap: "Requests that the bridge makes around a turn, such as titles and suggestions, can be missing.",
  },
  dialect: {
    modelEnvironment: "ANTHROPIC_MODEL",
    failureTexts: [/^API Error: /, /^Failed to authenticate\. /],
  },
});
