import type { UserId } from "@headcount/contract/kit/ids";
import type { App } from "@headcount/server/app";
import { findUserByEmail } from "@headcount/server/users/read-user";
import { CliError, exitCodes } from "../errors/cli-error.ts";

export type InstanceUser = { readonly id: UserId; readonly name: string; readonly email: string };

/** The first administrator; null while there is no owner. */
export async function findFirstOwner(app: App): Promise<InstanceUser | null> {
  const [row] = await app.database.pool<InstanceUser[]>`
    select id, name, email from users
    where is_instance_admin and disabled_at is null order by created_at limit 1`;
  return row ?? null;
}

/** A person by address, the first administrator without one. @throws CliError exit 4 */
export async function getUserOrOwner(app: App, email: string | undefined): Promise<InstanceUser> {
  const found = email
    ? await findUserByEmail(app.database.pool, email.trim().toLowerCase())
    : await findFirstOwner(app);
  if (found) return found;
  if (email === undefined) {
    throw new CliError("This installation has no owner yet.", {
      exitCode: exitCodes.notFound,
      nextStep: "Get the owner link with `headcount admin owner-link`.",
    });
  }
  throw new CliError(`Nobody here has the address ${email}.`, { exitCode: exitCodes.notFound });
}
