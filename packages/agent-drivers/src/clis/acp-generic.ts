import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/**
 * Any program that speaks the Agent Client Protocol. Its command comes from configuration, and
 * what it can do from its own declaration of capabilities.
 */
export const acpGeneric: CliSpec = acpRow({
  id: "acp",
  title: "ACP agent",
  bins: [],
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Depends on the configured command." },
  protocolArguments: () => [],
  resumeKind: "rpc-load",
  effortLevels: ["low", "medium", "high"],
  blocked: {},
  context: { skillsDirectory: ".agents/skills" },
  usage: {
    source: acpUsageSources.any,
    accumulation: "process",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared this agent's token counts with what its provider served.",
  },
  dialect: { modes: ["yolo", "bypassPermissions", "full-access"] },
});
