import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** MiniMax's mcode. It declares that it cannot load sessions, so each run is a fresh one. */
export const mcode: CliSpec = acpRow({
  id: "mcode",
  title: "MiniMax Code",
  bins: ["mcode"],
  verified: false,
  version: { args: ["--version"], minimum: "0.1.2", note: "Not driven yet." },
  protocolArguments: () => ["acp"],
  resumeKind: "rpc-load",
  effort: "none",
  blocked: { acp: "flag", login: "flag", "--region": "value", "-h": "flag", "--help": "flag" },
  context: { skillsDirectory: ".minimax/skills" },
  usage: {
    source: acpUsageSources.any,
    accumulation: "session",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared mcode's token counts with what its provider served.",
  },
  dialect: { setModel: "never" },
});
