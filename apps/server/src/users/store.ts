import type { PersonalTokenId, SessionId, UserId } from "@headcount/contract/kit/ids";
import type { Sql } from "../platform/database.ts";

/** Writes of the global tables about people: users, sessions, tokens, codes and one-time links. */

export type NewUser = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly timeZone: string | null;
  readonly isInstanceAdmin: boolean;
  readonly createdAt: Date;
};

export async function insertUser(sql: Sql, user: NewUser): Promise<void> {
  await sql`
    insert into users (id, name, email, email_verified, time_zone, is_instance_admin, created_at)
    values (${user.id}, ${user.name}, ${user.email}, ${user.emailVerified}, ${user.timeZone},
      ${user.isInstanceAdmin}, ${user.createdAt})`;
}

export type UserUpdate = {
  readonly name: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly profileText: string;
  readonly onboarding: Record<string, string>;
};

export async function updateUser(sql: Sql, id: UserId, update: UserUpdate): Promise<void> {
  await sql`
    update users set name = ${update.name}, language = ${update.language}, time_zone = ${update.timeZone},
      profile_text = ${update.profileText}, onboarding = ${sql.json(update.onboarding)}
    where id = ${id}`;
}

export type NewSession = {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly secretHash: Buffer;
  readonly device: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export async function insertSession(sql: Sql, session: NewSession): Promise<void> {
  await sql`
    insert into sessions (id, user_id, secret_hash, device, created_at, last_used_at, expires_at)
    values (${session.id}, ${session.userId}, ${session.secretHash}, ${session.device},
      ${session.createdAt}, ${session.createdAt}, ${session.expiresAt})`;
}

/** @returns whether the session existed and belonged to the person */
export async function deleteSession(
  sql: Sql,
  userId: UserId,
  sessionId: SessionId,
): Promise<boolean> {
  const rows =
    await sql`delete from sessions where id = ${sessionId} and user_id = ${userId} returning id`;
  return rows.length > 0;
}

/** @returns how many sessions of the person ended; `keptId` is the one that stays, null ends all */
export async function deleteOtherSessions(
  sql: Sql,
  userId: UserId,
  keptId: SessionId | null,
): Promise<number> {
  const rows = await sql`
    delete from sessions where user_id = ${userId} and (${keptId}::uuid is null or id <> ${keptId}) returning id`;
  return rows.length;
}

export type NewPersonalToken = {
  readonly id: PersonalTokenId;
  readonly userId: UserId;
  readonly name: string;
  readonly prefix: string;
  readonly secretHash: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
};

export async function insertPersonalToken(sql: Sql, token: NewPersonalToken): Promise<void> {
  await sql`
    insert into personal_tokens (id, user_id, name, prefix, secret_hash, created_at, expires_at)
    values (${token.id}, ${token.userId}, ${token.name}, ${token.prefix}, ${token.secretHash},
      ${token.createdAt}, ${token.expiresAt})`;
}

export async function deletePersonalToken(
  sql: Sql,
  userId: UserId,
  tokenId: PersonalTokenId,
): Promise<boolean> {
  const rows =
    await sql`delete from personal_tokens where id = ${tokenId} and user_id = ${userId} returning id`;
  return rows.length > 0;
}

/** Each start voids the owner links of earlier ones. */
export async function replaceOwnerLink(
  sql: Sql,
  secretHash: Buffer,
  createdAt: Date,
): Promise<void> {
  await sql`delete from one_time_links where kind = 'owner'`;
  await sql`insert into one_time_links (secret_hash, kind, created_at) values (${secretHash}, 'owner', ${createdAt})`;
}

export async function insertSignInLink(
  sql: Sql,
  link: { secretHash: Buffer; userId: UserId; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await sql`
    insert into one_time_links (secret_hash, kind, user_id, created_at, expires_at)
    values (${link.secretHash}, 'sign_in', ${link.userId}, ${link.createdAt}, ${link.expiresAt})`;
}

export type UsedLink = { userId: UserId | null };

/** Marks a link used; of several attempts at once exactly one gets it. */
export async function useOneTimeLink(
  sql: Sql,
  link: { kind: "owner" | "sign_in"; secretHash: Buffer; now: Date },
): Promise<UsedLink | null> {
  const [row] = await sql<UsedLink[]>`
    update one_time_links set used_at = ${link.now}
    where secret_hash = ${link.secretHash} and kind = ${link.kind} and used_at is null
      and (expires_at is null or expires_at > ${link.now})
    returning user_id`;
  return row ?? null;
}

export async function insertInstanceAudit(
  sql: Sql,
  entry: {
    id: string;
    at: Date;
    actorUserId: UserId | null;
    action: string;
    target: string;
    ipPrefix: string | null;
  },
): Promise<void> {
  await sql`
    insert into instance_audit_entries (id, at, actor_user_id, action, target, ip_prefix)
    values (${entry.id}, ${entry.at}, ${entry.actorUserId}, ${entry.action}, ${entry.target}, ${entry.ipPrefix})`;
}

/** Removes what has expired; bounded so that a run never holds locks for long. */
export async function deleteExpiredCredentials(sql: Sql, now: Date): Promise<void> {
  await sql`delete from sessions where id in (select id from sessions where expires_at < ${now} limit 1000)`;
  await sql`
    delete from personal_tokens where id in (select id from personal_tokens where expires_at < ${now} limit 1000)`;
  await sql`
    delete from one_time_links where secret_hash in
      (select secret_hash from one_time_links where expires_at < ${now} limit 1000)`;
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await sql`
    delete from rate_limits where (bucket, at, id) in
      (select bucket, at, id from rate_limits where at < ${dayAgo} limit 1000)`;
}
