import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import type { CliSettings } from "../state/daemon-config.ts";

/** One agent CLI as it was found on this machine. */
export type HostedCli = {
  readonly spec: CliSpec;
  /** Null when it cannot run work; `problem` says why. */
  readonly executable: string | null;
  readonly launchPrefix: readonly string[];
  readonly version: string | null;
  readonly settings: CliSettings;
  /** Machine-readable reason why it cannot run work. */
  readonly problem: string | null;
  readonly problemDetail: string | null;
  readonly repairHint: string | null;
};
