import type { Sql } from "../platform/database.ts";

/** Proves that the database takes writes. */
export async function noteDoctorVisit(sql: Sql, at: Date): Promise<void> {
  await sql`
    insert into instance_settings (name, value) values ('doctor.checked_at', to_jsonb(${at}::timestamptz))
    on conflict (name) do update set value = excluded.value`;
}

/** Remembers the first instance key that this database was used with. @returns its fingerprint */
export async function rememberKeyFingerprint(sql: Sql, fingerprint: string): Promise<string> {
  await sql`
    insert into instance_settings (name, value) values ('key.fingerprint', to_jsonb(${fingerprint}::text))
    on conflict (name) do nothing`;
  const [row] = await sql<{ value: string }[]>`
    select value from instance_settings where name = 'key.fingerprint'`;
  return row?.value ?? fingerprint;
}
