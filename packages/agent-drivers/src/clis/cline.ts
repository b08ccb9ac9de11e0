import type { CliSpec } from "../core/cli-spec.ts";
import { mcpFileOf, plainMcpFile } from "../core/mcp-config.ts";
import type { RunOptions } from "../core/types.ts";
import { createClineMapper } from "../mappers/cline.ts";

/** Stands where the assignment would, which travels on stdin because arguments are public. */
const pointer = "Carry out the assignment that was given on standard input.";

/** Cline's one-shot mode. Its ACP mode refuses to open a session until somebody has logged in. */
export const cline: CliSpec = {
  id: "cline",
  title: "Cline",
  bins: ["cline"],
  driver: "ndjson",
  createMapper: createClineMapper,
  verified: true,
  version: {
    args: ["--version"],
    minimum: null,
    note: "Driven with 3.0.65. It keeps no session that another run could continue.",
    drivenWith: "3.0.65",
  },
  setup: { npmPackage: "cline", installScript: null, signIn: "cline auth" },
  protocolArguments: (options) => [
    "--json",
    ...(options.model === null ? [] : ["-m", options.model]),
  ],
  closingArguments: (_options: RunOptions) => [pointer],
  prompt: "stdin-eof",
  model: "argument",
  effort: "none",
  mcp: "file",
  mcpFiles: plainMcpFile,
  // The stream names no session by which a later run could continue.
  resume: { kind: "none", boundTo: [], rejected: [] },
  effortLevels: [],
  blocked: {
    "--json": "flag",
    "--acp": "flag",
    "-m": "value",
    "--model": "value",
    "--id": "value",
    "-k": "value",
    "--key": "value",
  },
  environment: {
    set: (options) => ({
      CLINE_NO_AUTO_UPDATE: "1",
      DISABLE_TELEMETRY: "1",
      ...(options.mcpConfig === null ? {} : { CLINE_MCP_SETTINGS_PATH: mcpFileOf(options) }),
    }),
    reserved: ["CLINE_GLOBAL_SETTINGS_PATH", "CLINE_MCP_SETTINGS_PATH"],
  },
  context: {
    file: "AGENTS.md",
    skillsDirectory: ".cline/skills",
    skillsIn: "work-directory",
    inlineSystemPrompt: "none",
  },
  usage: {
    source: "cline.usage",
    accumulation: "call",
    inputIncludes: ["cacheRead", "cacheWrite"],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Cline counts cache writes as plain input with providers that do not report them.",
  },
  // SIGTERM is ignored while a reply streams; the supervisor then kills what is left.
  cancel: "signal",
  quirks: { readsOnlyPipes: true },
  idleTimeoutMs: null,
};
