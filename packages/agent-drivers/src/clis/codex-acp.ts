import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";

/** Codex behind the bridge `@zed-industries/codex-acp`. */
export const codexAcp: CliSpec = acpRow({
  id: "codex-acp",
  title: "Codex (ACP bridge)",
  bins: ["codex-acp"],
  verified: true,
  version: { args: ["--version"], minimum: null, note: "Driven with 0.16.0." },
  protocolArguments: () => [],
  resumeKind: "rpc-resume",
  blocked: {},
  context: { skillsDirectory: ".agents/skills" },
  usage: {
    source: "acp.none",
    accumulation: "none",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: "openai",
    gap: "The Codex bridge reports how full the context is, not how many tokens were used.",
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
