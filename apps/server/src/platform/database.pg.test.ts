import { expect, it } from "vitest";
import { createTestDatabase } from "@headcount/testkit/postgres/test-database";
import { openOwnerConnection } from "./database.ts";

it("a month begins at the same instant wherever the database stands", async () => {
  await using database = await createTestDatabase();
  const beginning = async (): Promise<Date | undefined> => {
    const owner = openOwnerConnection(database.url);
    const [row] = await owner<{ at: Date }[]>`select date '2026-11-01'::timestamptz as at`;
    await owner`
      do $$ begin
        execute format('alter database %I set timezone = ''Pacific/Auckland''', current_database());
      end $$`;
    await owner.end();
    return row?.at;
  };
  const utc = new Date("2026-11-01T00:00:00Z");
  expect([await beginning(), await beginning()]).toEqual([utc, utc]);
});
