import {
  type ProfilePaths,
  profilePaths,
  stateDirectoryOf,
} from "@headcount/daemon/state/profile-paths";
import { type ProfileConfig, readProfileConfig, writeProfileConfig } from "./profile-config.ts";

/** One profile of this machine: its name, where it lives and its settings as they were read. */
export type Profile = {
  readonly name: string;
  readonly paths: ProfilePaths;
  readonly config: ProfileConfig;
  /** Writes changed settings; the profile itself keeps what was read. */
  readonly save: (config: ProfileConfig) => Promise<void>;
};

export async function openProfile(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Profile> {
  const paths = profilePaths(stateDirectoryOf(name, environment));
  return {
    name,
    paths,
    config: await readProfileConfig(paths.config),
    save: (config) => writeProfileConfig(paths.config, config),
  };
}
