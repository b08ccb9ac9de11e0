import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** Trae CLI. It may not read the instruction file, so the brief goes in front of the prompt. */
export const traecli: CliSpec = acpRow({
  id: "traecli",
  title: "Trae CLI",
  bins: ["traecli"],
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  protocolArguments: () => ["acp", "serve", "--yolo"],
  resumeKind: "rpc-load",
  blocked: {
    acp: "flag",
    serve: "flag",
    "-y": "flag",
    "--yolo": "flag",
    "-p": "flag",
    "--print": "flag",
    "--output-format": "value",
    "--permission-mode": "value",
  },
  context: { skillsDirectory: ".traecli/skills", inlineSystemPrompt: "prepend" },
  usage: {
    source: acpUsageSources.any,
    accumulation: "session",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared Trae's token counts with what its provider served.",
  },
});
