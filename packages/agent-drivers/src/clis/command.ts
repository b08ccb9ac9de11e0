import type { CliSpec } from "../core/cli-spec.ts";
import { plainTextMapper } from "../mappers/plain-text.ts";

/**
 * Any program that takes an assignment on stdin and prints its answer. It has succeeded when it
 * exits with 0 and has said something.
 */
export const command: CliSpec = {
  id: "command",
  title: "Command",
  // Comes from configuration; nothing is looked up on PATH.
  bins: [],
  driver: "buffered",
  createMapper: plainTextMapper({ failures: [], sessionInLog: null }),
  verified: false,
  version: { args: [], minimum: null, note: "Depends on the configured command." },
  protocolArguments: () => [],
  prompt: "stdin-eof",
  model: "none",
  effort: "none",
  mcp: "none",
  resume: { kind: "none", boundTo: [], rejected: [] },
  effortLevels: [],
  blocked: {},
  environment: { set: () => ({}), reserved: [] },
  context: {
    file: "AGENTS.md",
    skillsDirectory: ".agents/skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "prepend",
  },
  usage: {
    source: "command.none",
    accumulation: "none",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "A plain command reports no token counts.",
  },
  cancel: "signal",
  quirks: {},
  idleTimeoutMs: null,
};
