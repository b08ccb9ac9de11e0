import { fileURLToPath } from "node:url";
import type { CliSpec } from "../core/cli-spec.ts";
import { isJsonObject } from "../core/json.ts";
import type { LentFile } from "../core/lent-files.ts";
import { type McpConfig, mcpFileOf, plainMcpFile } from "../core/mcp-config.ts";
import type { RunOptions } from "../core/types.ts";
import { readModelTable } from "../inspection/read-model-lines.ts";
import { createPiMapper } from "../mappers/pi.ts";
import { mcpServersVariable } from "../pi-extension/mcp-servers-variable.ts";

/** What tells Pi and its forks apart. */
export type PiRow = Pick<CliSpec, "id" | "title" | "bins" | "verified" | "version" | "setup"> & {
  readonly environment: CliSpec["environment"];
  readonly skillsDirectory: string;
  /** Option that names a skill's document; null where there is none. */
  readonly skillOption: string | null;
  readonly gap: string | null;
};

/** Completes a row of the Pi family: prompt on stdin, one event per line. */
export function piRow(row: PiRow): CliSpec {
  const { id, title, bins, verified, version, environment } = row;
  return {
    id,
    title,
    bins,
    driver: "ndjson",
    createMapper: createPiMapper,
    verified,
    version,
    ...(row.setup === undefined ? {} : { setup: row.setup }),
    models: { kind: "command", arguments: ["--list-models"], read: readModelTable },
    protocolArguments: (options) => [
      ...protocolArguments(options),
      ...skillArguments(options, row.skillOption),
    ],
    prompt: "stdin-eof",
    model: "argument",
    effort: "argument",
    mcp: "file",
    mcpFiles: piMcpFiles,
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
      ...environment,
      set: (options) => ({ ...environment.set(options), ...mcpEnvironment(options) }),
    },
    context: {
      file: "AGENTS.md",
      skillsDirectory: row.skillsDirectory,
      skillsIn: "work-directory",
      inlineSystemPrompt: "none",
    },
    usage: {
      source: `${id}.turn_end`,
      accumulation: "call",
      inputIncludes: [],
      outputExcludesReasoning: false,
      provider: null,
      gap: row.gap,
    },
    cancel: "signal",
    quirks: {},
    idleTimeoutMs: null,
  };
}

function protocolArguments(options: RunOptions): readonly string[] {
  return [
    "-p",
    "--mode",
    "json",
    ...(options.model === null ? [] : ["--model", options.model]),
    ...(options.effort === null ? [] : ["--thinking", options.effort]),
    ...(options.resumeSessionId === null ? [] : ["--session", options.resumeSessionId]),
    ...(options.mcpConfig === null ? [] : ["--extension", mcpExtension]),
  ];
}

/** Pi knows no MCP: an extension of ours speaks it for the run. */
const mcpExtension = fileURLToPath(new URL("../pi-extension/mcp-extension.ts", import.meta.url));

function mcpEnvironment(options: RunOptions): Readonly<Record<string, string>> {
  return options.mcpConfig === null ? {} : { [mcpServersVariable]: mcpFileOf(options) };
}

/** @throws for a transport that the extension does not speak */
function piMcpFiles(options: RunOptions, config: McpConfig): readonly LentFile[] {
  for (const [name, server] of Object.entries(config.mcpServers)) {
    if (isJsonObject(server) && server["type"] === "sse") {
      throw new Error(`MCP server "${name}" speaks sse, which the extension for Pi does not.`);
    }
  }
  return plainMcpFile(options, config);
}

/**
 * Without its consent to a project Pi loads no skills of it, and by itself none that git ignores;
 * a document that is named it loads in any case.
 */
function skillArguments({ skillDocuments = [] }: RunOptions, option: string | null): string[] {
  return option === null ? [] : skillDocuments.flatMap((document) => [option, document]);
}
