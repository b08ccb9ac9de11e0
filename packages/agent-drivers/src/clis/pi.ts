import { join } from "node:path";
import type { CliSpec } from "../core/cli-spec.ts";
import { createPiMapper } from "../mappers/pi.ts";

/** Pi, which reads its prompt from stdin and writes one event per line. */
export const pi: CliSpec = {
  id: "pi",
  title: "Pi",
  bins: ["pi"],
  driver: "ndjson",
  createMapper: createPiMapper,
  verified: false,
  version: { args: ["--version"], minimum: null, note: null },
  protocolArguments: (options) => [
    "-p",
    "--mode",
    "json",
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.effort === null ? [] : ["--thinking", options.effort]),
    ...(options.resumeSessionId === null ? [] : ["--session", options.resumeSessionId]),
  ],
  prompt: "stdin-eof",
  resume: { kind: "flag", boundTo: ["directory", "home"], rejected: [/session .*not found/i] },
  effortLevels: ["off", "minimal", "low", "medium", "high", "xhigh", "max"],
  blocked: {
    "-p": "flag",
    "--print": "flag",
    "--mode": "value",
    "--session": "value",
    "--thinking": "value",
    "--model": "value",
    "--tools": "value",
  },
  environment: {
    set: () => ({ PI_SKIP_VERSION_CHECK: "1", PI_TELEMETRY: "0" }),
    reserved: ["PI_CODING_AGENT_DIR"],
  },
  context: {
    file: "AGENTS.md",
    skillsDirectory: join(".pi", "skills"),
    skillsIn: "work-directory",
    inlineSystemPrompt: "none",
  },
  usage: {
    source: "pi.turn_end",
    accumulation: "call",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: null,
  },
  cancel: "signal",
  quirks: {},
  idleTimeoutMs: null,
};
