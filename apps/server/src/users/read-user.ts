import type { UserId } from "@headcount/contract/kit/ids";
import type { User } from "@headcount/contract/users/schemas";
import { notFound } from "../platform/app-error.ts";
import type { Sql } from "../platform/database.ts";

type UserRow = {
  id: UserId;
  name: string;
  email: string;
  language: "en" | "zh-Hans" | null;
  timeZone: string | null;
  profileText: string;
  isInstanceAdmin: boolean;
  onboarding: User["onboarding"];
  createdAt: Date;
};

export async function findUserByEmail(sql: Sql, email: string): Promise<User | null> {
  const [row] = await sql<UserRow[]>`
    select id, name, email, language, time_zone, profile_text, is_instance_admin, onboarding, created_at
    from users where email = ${email}`;
  return row ? toUser(row) : null;
}

/** @throws not_found */
export async function getUser(sql: Sql, id: UserId): Promise<User> {
  const [row] = await sql<UserRow[]>`
    select id, name, email, language, time_zone, profile_text, is_instance_admin, onboarding, created_at
    from users where id = ${id}`;
  if (!row) throw notFound("user");
  return toUser(row);
}

export async function hasAnyUser(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`select exists (select 1 from users) as found`;
  return row?.found ?? false;
}

function toUser(row: UserRow): User {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
