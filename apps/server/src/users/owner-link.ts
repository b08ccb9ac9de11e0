import type { UserId } from "@headcount/contract/kit/ids";
import type { OutputOf, ParsedInputOf } from "@headcount/contract/kit/route";
import { auth } from "@headcount/contract/users/routes";
import type { Services } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { limitGuesses } from "../platform/rate-limit.ts";
import { randomSecret } from "../platform/secrets.ts";
import { getUser, hasAnyUser } from "./read-user.ts";
import { startSession } from "./start-session.ts";
import { insertUser, replaceOwnerLink, useOneTimeLink } from "./store.ts";
import { runTransaction } from "../platform/run-transaction.ts";

/**
 * Mints the one-time owner link while there is nobody yet, voiding earlier ones. The secret stands
 * in the fragment, which browsers do not send and proxies do not log.
 * @returns null once an owner exists
 */
export async function mintOwnerLink(app: {
  readonly database: Pick<Database, "pool">;
  readonly services: Services;
}): Promise<string | null> {
  const { pool } = app.database;
  if (await hasAnyUser(pool)) return null;
  const secret = randomSecret();
  await runTransaction(pool, "", (tx) =>
    replaceOwnerLink(tx, app.services.secrets.hash(secret), app.services.now()),
  );
  return `${app.services.publicUrl()}/setup#${secret}`;
}

export const setup = globalHandler(auth.setup, (ctx, input) =>
  limitGuesses(ctx, "owner-link", () => becomeOwner(ctx, input)),
);

async function becomeOwner(
  ctx: GlobalContext,
  input: ParsedInputOf<typeof auth.setup>,
): Promise<OutputOf<typeof auth.setup>> {
  const userId = ctx.newId<UserId>();
  const csrfToken = await ctx.transaction(async (tx) => {
    // Serialises everybody who holds the link: one of them becomes the owner.
    await tx`select pg_advisory_xact_lock(hashtext('headcount.owner'))`;
    if (await hasAnyUser(tx)) {
      throw new AppError("gone", "This installation already has an owner. Sign in instead.", {
        reason: "owner_link.used",
      });
    }
    const used = await useOneTimeLink(tx, {
      kind: "owner",
      secretHash: ctx.services.secrets.hash(input.secret),
      now: ctx.now,
    });
    if (!used) {
      throw new AppError(
        "not_found",
        "This owner link is not valid any more. The server prints the newest one when it starts.",
        {
          reason: "owner_link.unknown",
        },
      );
    }
    await insertUser(tx, {
      id: userId,
      name: input.name,
      email: input.email,
      emailVerified: false,
      timeZone: input.timeZone ?? null,
      isInstanceAdmin: true,
      createdAt: ctx.now,
    });
    return startSession(ctx, tx, userId);
  });
  return { user: await getUser(ctx.sql, userId), csrfToken };
}

export const setupState = globalHandler(auth.setupState, async (ctx) => ({
  needsOwner: !(await hasAnyUser(ctx.sql)),
}));
