import type { Profile } from "../settings/profile.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export type DaemonFlags = {
  readonly deviceName: string | undefined;
  readonly workRoot: string | undefined;
  readonly pollInterval: string | undefined;
  readonly maxTasks: number | undefined;
};

/** Environment of a profile's daemon: what is there, the profile's own settings, then flags. */
export function daemonEnvironment(
  environment: Environment,
  profile: Profile,
  flags: DaemonFlags,
): Record<string, string | undefined> {
  const { pollInterval } = profile.config;
  const fromFlags: Record<string, string | undefined> = {
    HEADCOUNT_DEVICE_NAME: flags.deviceName,
    HEADCOUNT_WORK_ROOT: flags.workRoot,
    HEADCOUNT_POLL_INTERVAL: flags.pollInterval,
    HEADCOUNT_MAX_TASKS: flags.maxTasks?.toString(),
  };
  return {
    ...(pollInterval ? { HEADCOUNT_POLL_INTERVAL: pollInterval } : {}),
    ...environment,
    ...Object.fromEntries(Object.entries(fromFlags).filter(([, value]) => value !== undefined)),
    HEADCOUNT_STATE_DIR: profile.paths.root,
    // Agents must never find the credentials of the person who started their machine.
    HEADCOUNT_PAT: undefined,
  };
}
