import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** Dim. It locks a session until it is told that the session is over. */
export const dim: CliSpec = acpRow({
  id: "dim",
  title: "Dim",
  bins: ["dim"],
  verified: false,
  version: { args: ["--version"], minimum: "0.3.10", note: "Not driven yet." },
  protocolArguments: () => ["acp"],
  resumeKind: "rpc-load",
  blocked: {
    acp: "flag",
    "--auth-setup": "flag",
    "--remote": "flag",
    "-h": "flag",
    "--help": "flag",
  },
  context: { skillsDirectory: ".agent_context/skills" },
  usage: {
    source: acpUsageSources.any,
    accumulation: "session",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared Dim's token counts with what its provider served.",
  },
  dialect: {
    configOptions: [
      { id: "permission", value: "full-access" },
      { id: "mode", value: "agent" },
    ],
    alwaysClose: true,
    heldSession: /held by another process/i,
    minimumAgentVersion: "0.3.10",
  },
});
