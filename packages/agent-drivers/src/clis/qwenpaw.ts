import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** QwenPaw. Choosing a model would change it for everything else that the agent does. */
export const qwenpaw: CliSpec = acpRow({
  id: "qwenpaw",
  title: "QwenPaw",
  bins: ["qwenpaw"],
  verified: false,
  version: { args: ["--version"], minimum: "2.0.1", note: "Not driven yet." },
  protocolArguments: () => ["acp"],
  resumeKind: "rpc-load",
  effort: "none",
  blocked: { acp: "flag", "--workspace": "value" },
  context: { skillsDirectory: "skills", inlineSystemPrompt: "prepend" },
  usage: {
    source: acpUsageSources.any,
    accumulation: "session",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared QwenPaw's token counts with what its provider served.",
  },
  dialect: { setModel: "never", workDirectoryMeta: "qwenpaw.coding_project_dir" },
});
