import type { CliSpec } from "../../core/cli-spec.ts";
import type { RunOptions } from "../../core/types.ts";
import { plainDialect } from "../../mappers/acp/acp-dialect.ts";
import type { AcpDialect } from "../../mappers/acp/acp-dialect.ts";
import { createAcpMapper } from "../../mappers/acp/create-acp-mapper.ts";

/** What a row of the ACP family states; everything else follows from the protocol. */
export type AcpRow = Pick<
  CliSpec,
  "id" | "title" | "bins" | "verified" | "version" | "models" | "setup" | "blocked" | "usage"
> & {
  /** Left out where the agent takes MCP servers through its protocol. */
  readonly mcpFiles?: CliSpec["mcpFiles"];
  /** Arguments that make the CLI speak ACP on its standard streams. */
  readonly protocolArguments: (options: RunOptions) => readonly string[];
  readonly resumeKind: "rpc-load" | "rpc-resume";
  /** Signals of an unknown session beside those that agents have in common. */
  readonly resumeRejected?: readonly RegExp[];
  readonly dialect?: Partial<AcpDialect>;
  readonly effortLevels?: readonly string[];
  /** Left out where the agent offers its levels as an option of the session. */
  readonly effort?: CliSpec["effort"];
  readonly closingArguments?: CliSpec["closingArguments"];
  readonly leadingOptions?: CliSpec["leadingOptions"];
  readonly environment?: CliSpec["environment"];
  readonly context: Partial<CliSpec["context"]> & Pick<CliSpec["context"], "skillsDirectory">;
  readonly idleTimeoutMs?: number;
  readonly lingersAfterResultMs?: number;
};

/** All agents that were driven leave within a second or so; the tail after a reply takes up to two. */
const usualLingerMs = 5_000;

/** Signals that hold for every agent; matched against code, message and data of an error. */
const commonRejections: readonly RegExp[] = [
  /^-32(002|602|603) .*(session\b.{0,80}\bnot found|no (previous )?sessions? found|no saved session|unknown session)/is,
];

/** Completes a row of the ACP family. */
export function acpRow(row: AcpRow): CliSpec {
  const dialect: AcpDialect = { ...plainDialect, ...row.dialect };
  const rejected = [...commonRejections, ...(row.resumeRejected ?? [])];
  return {
    id: row.id,
    title: row.title,
    bins: row.bins,
    driver: "acp",
    createMapper: createAcpMapper({ id: row.id, dialect, resumeRejected: rejected }),
    verified: row.verified,
    version: row.version,
    ...(row.models === undefined ? {} : { models: row.models }),
    ...(row.setup === undefined ? {} : { setup: row.setup }),
    protocolArguments: row.protocolArguments,
    ...(row.closingArguments === undefined ? {} : { closingArguments: row.closingArguments }),
    ...(row.leadingOptions === undefined ? {} : { leadingOptions: row.leadingOptions }),
    prompt: "rpc",
    model: modelChannel(dialect),
    effort: row.effort ?? "protocol",
    ...(row.mcpFiles === undefined ? { mcp: "protocol" } : { mcp: "file", mcpFiles: row.mcpFiles }),
    resume: { kind: row.resumeKind, boundTo: ["directory", "home"], rejected },
    effortLevels: row.effortLevels ?? [],
    blocked: row.blocked,
    environment: row.environment ?? { set: () => ({}), reserved: [] },
    context: {
      file: "AGENTS.md",
      skillsIn: "work-directory",
      inlineSystemPrompt: "none",
      ...row.context,
    },
    usage: row.usage,
    cancel: "rpc",
    quirks: { lingersAfterResultMs: row.lingersAfterResultMs ?? usualLingerMs },
    acp: dialect,
    idleTimeoutMs: row.idleTimeoutMs ?? null,
  };
}

function modelChannel({ setModel }: AcpDialect): CliSpec["model"] {
  return setModel === "never" ? "none" : setModel;
}
