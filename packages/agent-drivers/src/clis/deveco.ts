import type { CliSpec } from "../core/cli-spec.ts";
import type { RunOptions } from "../core/types.ts";
import { createOpencodeMapper } from "../mappers/opencode.ts";

/** DevEco Code, an older fork of OpenCode that takes its prompt as its last argument. */
export const deveco: CliSpec = {
  id: "deveco",
  title: "DevEco Code",
  bins: ["deveco"],
  driver: "ndjson",
  createMapper: (input) =>
    createOpencodeMapper(input, { id: "deveco", gap: input.usage.gap, source: input.usage.source }),
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  protocolArguments,
  closingArguments: ({ prompt }) => [prompt],
  prompt: "argv",
  model: "argument",
  effort: "argument",
  mcp: "none",
  resume: {
    kind: "flag",
    boundTo: ["directory", "home"],
    rejected: [],
  },
  effortLevels: ["low", "medium", "high"],
  blocked: {
    "--format": "value",
    "--dir": "value",
    "--model": "value",
    "-m": "value",
    "--variant": "value",
    "--session": "value",
    "-s": "value",
    "--continue": "flag",
    "-c": "flag",
    "--dangerously-skip-permissions": "flag",
    "--auto": "flag",
    "--yolo": "flag",
  },
  environment: { set: () => ({}), reserved: ["DEVECO_CONFIG_CONTENT"] },
  context: {
    file: "AGENTS.md",
    skillsDirectory: ".deveco/skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "none",
  },
  usage: {
    source: "deveco.step_finish",
    accumulation: "call",
    inputIncludes: [],
    outputExcludesReasoning: true,
    provider: null,
    gap: "DevEco's stream leaves out titles, subagents and the name of the model.",
  },
  cancel: "signal",
  quirks: {},
  idleTimeoutMs: 10 * 60_000,
};

function protocolArguments(options: RunOptions): readonly string[] {
  return [
    "run",
    "--format",
    "json",
    "--dangerously-skip-permissions",
    "--dir",
    options.workDirectory,
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.effort === null ? [] : ["--variant", options.effort]),
    ...(options.resumeSessionId === null ? [] : ["--session", options.resumeSessionId]),
  ];
}
