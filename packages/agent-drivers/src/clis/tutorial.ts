import { fileURLToPath } from "node:url";
import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** The agent that is shipped with Headcount to show the loop without any model. */
export const tutorial: CliSpec = acpRow({
  id: "tutorial",
  title: "Tutorial agent",
  // Run by the daemon's own Node; nothing is looked up on PATH.
  bins: [],
  verified: true,
  version: { args: ["--version"], minimum: null, note: "Shipped with Headcount; calls no model." },
  models: { kind: "none" },
  protocolArguments: () => [],
  resumeKind: "rpc-load",
  blocked: {},
  context: { skillsDirectory: ".agents/skills" },
  usage: {
    source: acpUsageSources.chunk,
    accumulation: "call",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: "headcount",
    gap: null,
  },
});

/** Program and first argument with which to start the tutorial agent. */
export function tutorialCommand(): {
  readonly executable: string;
  readonly launchPrefix: readonly string[];
} {
  const script = fileURLToPath(new URL("../../tutorial-agent/tutorial-agent.ts", import.meta.url));
  return { executable: process.execPath, launchPrefix: [script] };
}
