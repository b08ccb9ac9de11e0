import { filterArguments } from "./argument-filter.ts";
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
 * Puts a run's command together: executable, launch prefix, protocol arguments, then the
 * arguments of the daemon and the agent.
 */
export function runCommand(spec: CliSpec, options: RunOptions): RunCommand {
  const prefix = filterArguments(options.launchPrefix, {
    blocked: spec.blocked,
    kind: "launch-prefix",
  });
  const extra = filterArguments(options.extraArguments, { blocked: spec.blocked, kind: "user" });
  return {
    command: options.executable,
    arguments: [...prefix.kept, ...spec.protocolArguments(options), ...extra.kept],
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
