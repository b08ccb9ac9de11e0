import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { opencodeUsageSource } from "../drivers/acp/opencode-database.ts";
import { readModelLines } from "../inspection/read-model-lines.ts";

/** OpenCode over its agent protocol. Token counts come from its own database. */
export const opencode: CliSpec = acpRow({
  id: "opencode",
  title: "OpenCode",
  bins: ["opencode"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: "1.4.10",
    note: "Driven with 1.18.33.",
    drivenWith: "1.18.33",
  },
  setup: {
    npmPackage: "opencode-ai",
    installScript: "postinstall.mjs",
    signIn: "opencode auth login",
  },
  // A session of its protocol would stay in the user's history.
  models: { kind: "command", arguments: ["models"], read: readModelLines },
  protocolArguments: () => ["acp"],
  resumeKind: "rpc-resume",
  // Weak evidence: the same words stand for any failure of the session service.
  resumeRejected: [/^-32603 .*OpenCode service failure.*"service":"session"/s],
  blocked: {
    acp: "flag",
    "--cwd": "value",
    "--format": "value",
    "--dir": "value",
    "--variant": "value",
    "--session": "value",
    "--dangerously-skip-permissions": "flag",
    "--auto": "flag",
    "--yolo": "flag",
  },
  environment: {
    set: ({ workDirectory }) => ({ PWD: workDirectory, OPENCODE_DISABLE_AUTOUPDATE: "1" }),
    reserved: ["OPENCODE_CONFIG_CONTENT"],
  },
  context: { skillsDirectory: ".opencode/skills" },
  usage: {
    // The figures in the conversation are those of a turn's last call only.
    source: opencodeUsageSource,
    accumulation: "call",
    inputIncludes: [],
    outputExcludesReasoning: true,
    provider: null,
    gap: "OpenCode records neither the calls that name a session nor a call that was stopped.",
  },
  dialect: { pendingInputIsPartial: true },
  idleTimeoutMs: 10 * 60_000,
});
