import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { codexRolloutSource } from "../drivers/acp/codex-rollout-files.ts";

/** Codex behind the bridge `@zed-industries/codex-acp`. */
export const codexAcp: CliSpec = acpRow({
  id: "codex-acp",
  title: "Codex (ACP bridge)",
  bins: ["codex-acp"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: null,
    note: "Driven with 0.16.0.",
    drivenWith: "0.16.0",
  },
  protocolArguments: () => [],
  resumeKind: "rpc-resume",
  blocked: {},
  context: { skillsDirectory: ".agents/skills" },
  usage: {
    // The conversation tells only how full the context is.
    source: codexRolloutSource,
    accumulation: "call",
    inputIncludes: ["cacheRead", "cacheWrite"],
    outputExcludesReasoning: false,
    provider: "openai",
    gap: "The Codex in this bridge counts cache writes as plain input; its subagents are not counted.",
  },
  // It stays when its input closes; waiting longer than for its last words is of no use.
  lingersAfterResultMs: 2_500,
  dialect: {
    // It starts read-only, where writes are dropped without an error.
    modes: ["full-access"],
    authenticate: [
      { methodId: "codex-api-key", whenEnvironment: ["CODEX_API_KEY"] },
      { methodId: "openai-api-key", whenEnvironment: ["OPENAI_API_KEY"] },
    ],
    notices: [/^Model metadata for `[^`]+` not found\./],
  },
});
