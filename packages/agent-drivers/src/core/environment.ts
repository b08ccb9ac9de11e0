import { delimiter } from "node:path";
import { markerVariable } from "./process-tree.ts";

const ownPrefix = "HEADCOUNT_";

/**
 * What a Claude Code session leaves behind for the processes it starts. Everything else of
 * `CLAUDE_CODE_*` configures the user's own set-up (cloud providers, shells) and stays.
 */
const nestedSession =
  /^(CLAUDECODE|CLAUDECODE_.*|CLAUDE_CODE_(ENTRYPOINT|EXECPATH|SESSION_ID|SSE_PORT))$/;

/** Names that agent settings may not override, beside the prefix and each row's own home. */
const reservedNames: ReadonlySet<string> = new Set([
  "HOME",
  "PATH",
  "USER",
  "SHELL",
  "TERM",
  "TMPDIR",
  "TMP",
  "TEMP",
  "CODEX_HOME",
  "CLAUDE_CONFIG_DIR",
  "REASONIX_STATE_HOME",
  "CURSOR_DATA_DIR",
  "CURSOR_MCP_AUTH_SOURCE",
  "OPENCLAW_CONFIG_PATH",
  "OPENCLAW_INCLUDE_ROOTS",
]);

export type EnvironmentOptions = {
  /** Environment of the daemon. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Variables from the agent's settings. */
  readonly agent: Readonly<Record<string, string>>;
  /** Variables the product gives to a run (`HEADCOUNT_*`, temporary folders). */
  readonly product: Readonly<Record<string, string>>;
  /** Folder of the `headcount` binary; first on PATH. Null leaves PATH as it is. */
  readonly binaryDirectory: string | null;
  readonly marker: string;
  /** More names of this CLI that agent settings may not set. */
  readonly reserved: readonly string[];
};

export type RunEnvironment = {
  readonly variables: Readonly<Record<string, string>>;
  /** Names from the agent's settings that were ignored. */
  readonly refused: readonly string[];
};

/** Makes the complete environment of an agent process. */
export function buildEnvironment(options: EnvironmentOptions): RunEnvironment {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.inherited)) {
    const ours = name.toUpperCase().startsWith(ownPrefix);
    if (value !== undefined && !ours && !nestedSession.test(name)) variables[name] = value;
  }
  const refused: string[] = [];
  for (const [name, value] of Object.entries(options.agent)) {
    if (isReserved(name, options.reserved)) refused.push(name);
    else variables[name] = value;
  }
  Object.assign(variables, options.product, { [markerVariable]: options.marker });
  if (options.binaryDirectory !== null) putFirstOnPath(variables, options.binaryDirectory);
  return { variables, refused };
}

/** True for a variable that agent settings may not set. Names compare without case, as on Windows. */
export function isReserved(name: string, more: readonly string[] = []): boolean {
  const upper = name.toUpperCase();
  return (
    upper.startsWith(ownPrefix) ||
    reservedNames.has(upper) ||
    more.some((other) => other.toUpperCase() === upper)
  );
}

function putFirstOnPath(variables: Record<string, string>, directory: string): void {
  const name = Object.keys(variables).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const rest = (variables[name] ?? "")
    .split(delimiter)
    .filter((part) => part !== "" && part !== directory);
  variables[name] = [directory, ...rest].join(delimiter);
}
