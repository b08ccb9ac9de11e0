import { migrate, readMigrations } from "@headcount/server/platform/migrate";
import { createTestDatabase, type TestDatabase } from "@headcount/testkit/postgres/test-database";

/** A migrated database of its own on the cluster of the test run. */
export async function createProductDatabase(): Promise<TestDatabase> {
  const migrations = await readMigrations();
  return createTestDatabase({
    name: "product",
    template: {
      key: migrations.map((migration) => migration.checksum).join(),
      prepare: async (url) => {
        await migrate(url, migrations);
      },
    },
  });
}
