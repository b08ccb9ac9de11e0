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

/** The last program of a pipeline makes its exit status. */
const throughPipe = 'cat | "$0" "$@"';

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
  const words = [
    ...prefix.kept,
    ...leading,
    ...spec.protocolArguments(options),
    ...rest,
    ...(spec.closingArguments?.(options) ?? []),
  ];
  return {
    ...(spec.quirks.readsOnlyPipes === true
      ? { command: "/bin/sh", arguments: ["-c", throughPipe, options.executable, ...words] }
      : { command: options.executable, arguments: words }),
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
