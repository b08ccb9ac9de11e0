import type { User } from "@headcount/contract/users/schemas";
import type { Cli } from "../cli.ts";
import type { ProfileConfig } from "../settings/profile-config.ts";

/**
 * Checks a token with its server and keeps it in the profile, with a workspace that the person
 * belongs to.
 */
export async function signIn(
  cli: Cli,
  connection: { readonly serverUrl: string; readonly token: string },
): Promise<{ readonly user: User; readonly config: ProfileConfig }> {
  const call = cli.callWith(connection);
  const { user } = await call("account.me", {});
  const { items } = await call("workspaces.list", {});
  const profile = await cli.profile();
  const { workspace: before, ...rest } = profile.config;
  const isKnown = items.some(({ slug, id }) => before === slug || before === id);
  const workspace = isKnown ? before : items[0]?.slug;
  const config = { ...rest, ...connection, ...(workspace ? { workspace } : {}) };
  await profile.save(config);
  return { user, config };
}
