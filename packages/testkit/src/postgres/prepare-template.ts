import { createHash } from "node:crypto";

import { inject } from "vitest";

import { databaseUrl } from "./database-url.ts";
import { postgresUrlKey } from "./provided-context.ts";
import { withAdmin } from "./with-admin.ts";

export type TemplateRecipe = {
  /** Two recipes with the same key make the same template; a changed recipe needs another key within a run. */
  readonly key: string;
  /** Fills the empty database at `url` (migrations, seed); it must close its connections before it returns. */
  readonly prepare: (url: string) => Promise<void>;
};

/**
 * Makes the template database of a recipe and returns its name. However many workers ask at the same time, the first
 * one builds it, under an advisory lock, and the others wait; what a failed attempt left is dropped by the next.
 */
export async function prepareTemplate(recipe: TemplateRecipe): Promise<string> {
  const adminUrl = inject(postgresUrlKey);
  const digest = createHash("sha256").update(recipe.key).digest("hex").slice(0, 24);
  const name = `template_${digest}`;
  await withAdmin(adminUrl, async (sql) => {
    // Held by the session and given back when the connection closes, also when preparing throws.
    await sql`select pg_advisory_lock(hashtextextended(${name}, 0))`;
    const existing = await sql`select 1 from pg_database where datname = ${name}`;
    if (existing.length > 0) return;
    const draft = `${name}_draft`;
    await sql`drop database if exists ${sql(draft)} with (force)`;
    await sql`create database ${sql(draft)} template template0`;
    await recipe.prepare(databaseUrl(adminUrl, draft));
    await sql`alter database ${sql(draft)} rename to ${sql(name)}`;
  });
  return name;
}
