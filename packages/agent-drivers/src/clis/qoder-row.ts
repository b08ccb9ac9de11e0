import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** Completes a row of Qoder's programs, which differ in name and in the user's own folder. */
export function qoderRow(row: {
  readonly id: string;
  readonly title: string;
  readonly bin: string;
}): CliSpec {
  return acpRow({
    id: row.id,
    title: row.title,
    bins: [row.bin],
    verified: false,
    version: { args: ["--version"], minimum: null, note: "Not driven yet." },
    protocolArguments: () => ["--yolo", "--acp"],
    resumeKind: "rpc-resume",
    blocked: { acp: "flag", "--acp": "flag", "--yolo": "flag" },
    context: { skillsDirectory: ".qoder/skills" },
    usage: {
      source: acpUsageSources.any,
      accumulation: "session",
      inputIncludes: [],
      outputExcludesReasoning: false,
      provider: null,
      gap: "Nobody has compared Qoder's token counts with what its provider served.",
    },
  });
}
