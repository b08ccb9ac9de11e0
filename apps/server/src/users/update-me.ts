import type { UserId } from "@headcount/contract/kit/ids";
import { account } from "@headcount/contract/users/routes";
import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { emitRenamedMember } from "../members/emit-renamed-member.ts";
import { globalHandler } from "../platform/command.ts";
import type { Transaction } from "../platform/database.ts";
import { readMemberships } from "../workspaces/my-workspaces.ts";
import { currentUserId } from "./current-user.ts";
import { getUser } from "./read-user.ts";
import { updateUser } from "./store.ts";

/** A new name is told in every workspace of the person, since answers of every kind show names. */
export const updateMe = globalHandler(account.update, async (ctx, changes) => {
  const userId = currentUserId(ctx);
  await ctx.acrossWorkspaces({
    begin: async (tx) => {
      const { isRenamed } = await writeUser(tx, userId, changes);
      if (!isRenamed) return [];
      const memberships = await readMemberships(tx, userId);
      return memberships.map(({ workspaceId, role }) => ({
        workspaceId,
        actor: { kind: "member", userId, role },
      }));
    },
    inEach: (inside) => emitRenamedMember(inside, userId),
  });
  return getUser(ctx.sql, userId);
});

async function writeUser(
  tx: Transaction,
  id: UserId,
  changes: ParsedInputOf<typeof account.update>,
): Promise<{ isRenamed: boolean }> {
  // Whoever joins a workspace meanwhile waits for this, or this for them: nobody is left out.
  await tx`select 1 from users where id = ${id} for update`;
  const before = await getUser(tx, id);
  const name = changes.name ?? before.name;
  await updateUser(tx, id, {
    name,
    language: changes.language === undefined ? before.language : changes.language,
    timeZone: changes.timeZone === undefined ? before.timeZone : changes.timeZone,
    profileText: changes.profileText ?? before.profileText,
    onboarding: { ...before.onboarding, ...changes.onboarding },
  });
  return { isRenamed: name !== before.name };
}
