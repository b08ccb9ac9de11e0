import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";

/** Reasonix. It reports what a turn used in a notification of its own. */
export const reasonix: CliSpec = acpRow({
  id: "reasonix",
  title: "Reasonix",
  bins: ["reasonix"],
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  protocolArguments: () => [
    "acp",
    "--profile",
    "balanced",
    "--planner",
    "auto",
    "--sandbox-network",
    "auto",
    "--sandbox-bash",
    "auto",
    "--workspace-only",
  ],
  resumeKind: "rpc-resume",
  blocked: {
    acp: "flag",
    "--model": "value",
    "--profile": "value",
    "--planner": "value",
    "--sandbox-network": "value",
    "--sandbox-bash": "value",
    "--workspace-only": "flag",
  },
  environment: { set: () => ({}), reserved: ["REASONIX_STATE_HOME"] },
  context: { skillsDirectory: ".reasonix/skills", gitData: "own" },
  usage: {
    source: "reasonix.status_update",
    accumulation: "process",
    inputIncludes: ["cacheRead"],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared Reasonix's token counts with what its provider served.",
  },
  dialect: {
    usageNotification: "_reasonix.io/session/status_update",
    questionIds: /^ask-|:cancel$/,
  },
});
