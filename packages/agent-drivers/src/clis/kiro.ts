import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** Kiro CLI. Written from its documentation; nobody has driven it with this row yet. */
export const kiro: CliSpec = acpRow({
  id: "kiro",
  title: "Kiro CLI",
  bins: ["kiro-cli"],
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  protocolArguments: () => ["acp", "--trust-all-tools"],
  resumeKind: "rpc-load",
  blocked: { acp: "flag", "-a": "flag", "--trust-all-tools": "flag", "--trust-tools": "value" },
  context: { skillsDirectory: ".kiro/skills" },
  usage: {
    source: acpUsageSources.any,
    accumulation: "process",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared Kiro's token counts with what its provider served.",
  },
  dialect: { promptAlsoAs: "content" },
});
