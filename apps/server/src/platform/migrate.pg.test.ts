import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@headcount/testkit/postgres/test-database";
import { migrate, readMigrations } from "./migrate.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

it("INV-78 lets one of four servers that start at once migrate, and the others find it done", async () => {
  const names = (await readMigrations()).map(({ name }) => name);
  const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url)));
  expect(ran.filter((files) => files.length > 0)).toEqual([names]);
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const applied = await sql`select name from schema_migrations order by name`;
  await sql.end();
  expect(applied.map(({ name }) => name)).toEqual(names);
});

it("INV-78 refuses two migrations of one number", async () => {
  const folder = `${await mkdtemp(path.join(tmpdir(), "migrations-"))}/`;
  try {
    for (const name of ["0001_first.sql", "0001_second.sql"]) {
      await writeFile(`${folder}${name}`, "-- Why: a test\n-- breaking: no\nselect 1;\n");
    }
    await expect(readMigrations(folder)).rejects.toThrow("share a number");
  } finally {
    await rm(folder, { recursive: true });
  }
});
