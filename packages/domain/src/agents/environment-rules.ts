/** Names that the platform or the operating system owns in an agent's process. */
const reservedNames: ReadonlySet<string> = new Set([
  "PATH",
  "HOME",
  "USER",
  "SHELL",
  "TERM",
  "TMPDIR",
  "TMP",
  "TEMP",
]);

/**
 * Where agent CLIs look for their configuration and state, from the CLIs' own documentation. The
 * daemon points some of them at a private directory of the task.
 */
const configHomes: ReadonlySet<string> = new Set([
  "CLAUDE_CONFIG_DIR",
  "CODEX_HOME",
  "CODEBUDDY_CONFIG_DIR",
  "COPILOT_HOME",
  "CURSOR_DATA_DIR",
  "GEMINI_CLI_HOME",
  "HERMES_HOME",
  "KIMI_CODE_HOME",
  "OPENCODE_CONFIG",
  "OPENCODE_CONFIG_DIR",
  "QWEN_HOME",
  "REASONIX_STATE_HOME",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
  "XDG_STATE_HOME",
]);

/** Whether an agent's environment must not set a variable. Case is ignored, as Windows does. */
export function isReservedEnvironmentName(name: string): boolean {
  const upper = name.toUpperCase();
  return upper.startsWith("HEADCOUNT_") || reservedNames.has(upper) || configHomes.has(upper);
}

/** An agent's variables without the reserved ones, and the names that were left out, sorted. */
export function allowedEnvironment(variables: Readonly<Record<string, string>>): {
  readonly allowed: Readonly<Record<string, string>>;
  readonly skipped: readonly string[];
} {
  const entries = Object.entries(variables);
  return {
    allowed: Object.fromEntries(entries.filter(([name]) => !isReservedEnvironmentName(name))),
    skipped: entries
      .map(([name]) => name)
      .filter(isReservedEnvironmentName)
      .toSorted(),
  };
}

/** What a stored value reads as where values are not shown; writing it keeps the stored value. */
export const keptValue = "****";
