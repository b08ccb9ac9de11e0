import { parseArgs } from "node:util";

/** The options of Claude Code that the daemon and people use with it. */
const OPTIONS = {
  "add-dir": { type: "string", multiple: true },
  allowedTools: { type: "string", multiple: true },
  "append-system-prompt": { type: "string" },
  "append-system-prompt-file": { type: "string" },
  "dangerously-skip-permissions": { type: "boolean" },
  disallowedTools: { type: "string", multiple: true },
  effort: { type: "string" },
  help: { type: "boolean", short: "h" },
  "include-partial-messages": { type: "boolean" },
  "input-format": { type: "string", default: "text" },
  "max-turns": { type: "string" },
  "mcp-config": { type: "string", multiple: true },
  model: { type: "string" },
  "output-format": { type: "string", default: "text" },
  "permission-mode": { type: "string", default: "default" },
  "permission-prompt-tool": { type: "string" },
  print: { type: "boolean", short: "p" },
  resume: { type: "string", short: "r" },
  "session-id": { type: "string" },
  "setting-sources": { type: "string" },
  settings: { type: "string" },
  "strict-mcp-config": { type: "boolean" },
  verbose: { type: "boolean" },
  version: { type: "boolean", short: "v" },
} as const;

export type RunCommand = {
  readonly kind: "run";
  readonly model: string | undefined;
  /** Session to go on with. */
  readonly resume: string | undefined;
  /** Id for a new session. */
  readonly sessionId: string | undefined;
  readonly permissionMode: string;
  readonly partialMessages: boolean;
  /** The prompt of a run with text input; undefined when prompts come on stdin. */
  readonly prompt: string | undefined;
};

export type Command =
  | RunCommand
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "refuse"; readonly reason: string };

export type Surroundings = {
  readonly isRoot: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Reads the command line the way Claude Code does, refusals included. */
export function readCommandLine(args: readonly string[], surroundings: Surroundings): Command {
  const parsed = parse(args);
  if ("kind" in parsed) return parsed;
  const { values, positionals } = parsed;
  if (values.version) return { kind: "print", text: "2.1.330 (Claude Code)" };
  if (values.help) return { kind: "print", text: helpText() };
  if (!values.print) return refuse("this program only knows --print");
  if (values["output-format"] !== "stream-json") return refuse("needs --output-format=stream-json");
  if (!values.verbose) {
    return refuse("When using --print, --output-format=stream-json requires --verbose");
  }
  const permissionMode = values["dangerously-skip-permissions"]
    ? "bypassPermissions"
    : values["permission-mode"];
  const { isRoot, environment } = surroundings;
  if (permissionMode === "bypassPermissions" && isRoot && environment["IS_SANDBOX"] !== "1") {
    return refuse(
      "--dangerously-skip-permissions cannot be used with root/sudo privileges for security reasons",
    );
  }
  const fromStdin = values["input-format"] === "stream-json";
  if (!fromStdin && positionals[0] === undefined) return refuse("Input must be provided");
  return {
    kind: "run",
    model: values.model,
    resume: values.resume,
    sessionId: values["session-id"],
    permissionMode,
    partialMessages: values["include-partial-messages"] ?? false,
    prompt: fromStdin ? undefined : positionals[0],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(reason: string): Command & { readonly kind: "refuse" } {
  return { kind: "refuse", reason: `Error: ${reason}` };
}

function helpText(): string {
  return [
    "Usage: claude [options] [prompt]",
    ...Object.keys(OPTIONS).map((name) => `  --${name}`),
  ].join("\n");
}
