import { randomBytes } from "node:crypto";
import type { PersonalTokenId } from "@headcount/contract/kit/ids";
import type { App } from "@headcount/server/app";
import { insertInstanceAudit, insertPersonalToken } from "@headcount/server/users/store";
import type { InstanceUser } from "./find-user.ts";

export type MintedToken = {
  readonly id: PersonalTokenId;
  readonly value: string;
  readonly expiresAt: Date;
};

const hourMs = 3_600_000;

/** Makes a personal token for somebody without asking them; it is noted in the audit log. */
export async function mintToken(
  app: App,
  user: InstanceUser,
  token: { readonly name: string; readonly hours: number },
): Promise<MintedToken> {
  const { services, database } = app;
  const value = `hcp_${randomBytes(32).toString("base64url")}`;
  const id = services.newId<PersonalTokenId>();
  const now = services.now();
  const expiresAt = new Date(now.getTime() + token.hours * hourMs);
  await insertPersonalToken(database.pool, {
    id,
    userId: user.id,
    name: token.name,
    prefix: value.slice(0, 12),
    secretHash: services.secrets.hash(value),
    createdAt: now,
    expiresAt,
  });
  await insertInstanceAudit(database.pool, {
    id: services.newId(),
    at: now,
    actorUserId: null,
    action: "token.minted_on_host",
    target: user.id,
    ipPrefix: null,
  });
  return { id, value, expiresAt };
}
