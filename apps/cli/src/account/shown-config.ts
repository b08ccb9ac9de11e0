import type { Profile } from "../settings/profile.ts";
import type { ProfileConfig } from "../settings/profile-config.ts";

/** Settings as people may see them: whether somebody is signed in, never the token. */
export function shownConfig(profile: Profile, config: ProfileConfig): Record<string, unknown> {
  const { token, ...rest } = config;
  return {
    profile: profile.name,
    file: profile.paths.config,
    signedIn: token !== undefined,
    ...rest,
  };
}
