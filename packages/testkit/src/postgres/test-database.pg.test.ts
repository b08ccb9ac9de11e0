import postgres from "postgres";
import { describe, expect, inject, test } from "vitest";

import { prepareTemplate } from "./prepare-template.ts";
import { postgresUrlKey } from "./provided-context.ts";
import { createTestDatabase } from "./test-database.ts";
import { withAdmin } from "./with-admin.ts";

describe("createTestDatabase", () => {
  test("gives each caller a copy of the template that others do not see", async () => {
    const template = { key: "copies", prepare: createNotes };
    await using first = await createTestDatabase({ template });
    await using second = await createTestDatabase({ template });
    await withAdmin(first.url, (sql) => sql`insert into notes values ('only in the first')`);

    const seen = await withAdmin(second.url, (sql) => sql`select text from notes`);

    expect(seen.map((row) => row["text"])).toEqual(["from the template"]);
  });

  test("drops the database at the end, open connections or not", async () => {
    const database = await createTestDatabase();
    const open = postgres(database.url, { max: 1, onnotice: () => {} });
    await open`select 1`;

    await database[Symbol.asyncDispose]();

    expect(await countDatabases(database.name)).toBe(0);
    await open.end({ timeout: 1 });
  });
});

describe("prepareTemplate", () => {
  test("builds a template once when many ask at the same time", async () => {
    let builds = 0;
    const prepare = async (url: string): Promise<void> => {
      builds += 1;
      await createNotes(url);
    };

    const names = await Promise.all(
      Array.from({ length: 5 }, () => prepareTemplate({ key: "at once", prepare })),
    );

    expect(new Set(names).size).toBe(1);
    expect(builds).toBe(1);
  });

  test("builds again after a failed attempt", async () => {
    const failing = prepareTemplate({
      key: "second attempt",
      prepare: async () => {
        throw new Error("broken migration");
      },
    });
    await expect(failing).rejects.toThrow("broken migration");

    const name = await prepareTemplate({ key: "second attempt", prepare: createNotes });

    expect(await countDatabases(name)).toBe(1);
  });
});

async function createNotes(url: string): Promise<void> {
  await withAdmin(url, async (sql) => {
    await sql`create table notes (text text not null)`;
    await sql`insert into notes values ('from the template')`;
  });
}

async function countDatabases(name: string): Promise<number> {
  const rows = await withAdmin(
    inject(postgresUrlKey),
    (sql) => sql`select 1 from pg_database where datname = ${name}`,
  );
  return rows.length;
}
