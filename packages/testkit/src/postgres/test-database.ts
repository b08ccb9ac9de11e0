import { randomBytes } from "node:crypto";

import { inject } from "vitest";

import { databaseUrl } from "./database-url.ts";
import { prepareTemplate, type TemplateRecipe } from "./prepare-template.ts";
import { postgresUrlKey } from "./provided-context.ts";
import { withAdmin } from "./with-admin.ts";

export type TestDatabase = {
  readonly name: string;
  /** As superuser; the database is this test's own. */
  readonly url: string;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * A database for one test file, a copy of the recipe's template, or empty without one. It is dropped at the end even
 * when a connection is still open.
 */
export async function createTestDatabase(
  options: { readonly template?: TemplateRecipe; readonly name?: string } = {},
): Promise<TestDatabase> {
  const adminUrl = inject(postgresUrlKey);
  const template = options.template ? await prepareTemplate(options.template) : "template0";
  const label = (options.name ?? "test").toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
  const name = `${label.slice(0, 40)}_${randomBytes(6).toString("hex")}`;
  await withAdmin(adminUrl, async (sql) => {
    await sql`create database ${sql(name)} template ${sql(template)}`;
  });
  return {
    name,
    url: databaseUrl(adminUrl, name),
    async [Symbol.asyncDispose]() {
      await withAdmin(adminUrl, async (sql) => {
        await sql`drop database if exists ${sql(name)} with (force)`;
      });
    },
  };
}
