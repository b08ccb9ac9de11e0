import { withAdmin } from "@headcount/testkit/postgres/with-admin";

/** Every row of every table of the application, as text: to look for what must not be in it. */
export async function dumpDatabase(url: string): Promise<string> {
  return withAdmin(url, async (sql) => {
    const tables = await sql<{ schema: string; name: string }[]>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      order by 1, 2`;
    const parts: string[] = [];
    for (const { schema, name } of tables) {
      const rows = await sql<{ text: string }[]>`
        select t::text as text from ${sql(schema)}.${sql(name)} t`;
      parts.push(`${schema}.${name}`, ...rows.map((row) => row.text));
    }
    return parts.join("\n");
  });
}
