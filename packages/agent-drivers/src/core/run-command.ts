import { filterArguments } from "./argument-filter.ts";
import { splitLeading } from "./split-leading.ts";
import type { CliSpec } from "./cli-spec.ts";
import { markerVariable } from "./process-tree.ts";
import type { RunOptions } from "./types.ts";

export type RunCommand = {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Names of user arguments that were dropped because the adapter owns them. */
  readonly dropped: readonly string[];
};

/**
 * Puts a run's command together: executable, launch prefix, protocol arguments, the arguments of
 * the daemon and the agent, and what the CLI wants to have last.
 */
export function runCommand(spec: CliSpec, options: RunOptions): RunCommand {
  const prefix = filterArguments(options.launchPrefix, {
    blocked: spec.blocked,
    kind: "launch-prefix",
  });
  const extra = filterArguments(options.extraArguments, { blocked: spec.blocked, kind: "user" });
  const { leading, rest } = splitLeading(extra.kept, spec.leadingOptions ?? {});
  return {
    command: options.executable,
    arguments: [
      ...prefix.kept,
      ...leading,
      ...spec.protocolArguments(options),
      ...rest,
      ...(spec.closingArguments?.(options) ?? []),
    ],
    environment: {
      ...options.environment,
      ...spec.environment.set(options),
      // Some CLIs trust PWD more than the directory they were started in.
      PWD: options.workDirectory,
      [markerVariable]: options.marker,
    },
    dropped: [...prefix.dropped, ...extra.dropped],
  };
}

/** The last program of a pipeline makes its exit status. */
const throughPipe = 'cat | "$0" "$@"';

/** The words that start the program: itself, or a shell that puts a pipe before it. */
export function startedAs(
  spec: CliSpec,
  { command, arguments: words }: RunCommand,
): Pick<RunCommand, "command" | "arguments"> {
  if (spec.quirks.readsOnlyPipes !== true) return { command, arguments: words };
  return { command: "/bin/sh", arguments: ["-c", throughPipe, command, ...words] };
}
