import type { CliSpec } from "../core/cli-spec.ts";
import { codexSessionFiles } from "./codex-session-files.ts";
import { createCodexMapper } from "../mappers/codex.ts";

/** Codex, driven through its app server. */
export const codex: CliSpec = {
  id: "codex",
  title: "Codex",
  bins: ["codex"],
  driver: "codex-app-server",
  createMapper: createCodexMapper,
  verified: true,
  version: {
    args: ["--version"],
    minimum: "0.100.0",
    note: "The app server listens on stdio from 0.100.0 on.",
    drivenWith: "0.169.0",
  },
  setup: { npmPackage: "@openai/codex", installScript: null, signIn: "codex login" },
  protocolArguments: () => ["app-server", "--listen", "stdio://"],
  prompt: "rpc",
  model: "protocol",
  effort: "protocol",
  mcp: "private-home",
  resume: {
    kind: "rpc-resume",
    boundTo: ["home"],
    rejected: [/no rollout found for thread id/i, /thread not found/i],
  },
  effortLevels: ["minimal", "low", "medium", "high", "xhigh"],
  blocked: {
    "app-server": "flag",
    "--listen": "value",
    "--stdio": "flag",
  },
  environment: { set: () => ({}), reserved: ["CODEX_HOME"] },
  context: {
    file: "AGENTS.md",
    skillsDirectory: "skills",
    skillsIn: "private-home",
    privateHome: {
      folder: "codex-home",
      variable: "CODEX_HOME",
      own: ".codex",
      filledBy: "driver",
    },
    inlineSystemPrompt: "native",
  },
  usage: {
    source: "codex.tokenUsage",
    accumulation: "session",
    inputIncludes: ["cacheRead", "cacheWrite"],
    outputExcludesReasoning: false,
    provider: "openai",
    gap: null,
  },
  cancel: "rpc",
  quirks: { sessionFiles: codexSessionFiles },
  idleTimeoutMs: null,
};
