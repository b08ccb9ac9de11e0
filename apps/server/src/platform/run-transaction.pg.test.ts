import { afterAll, beforeAll, expect, test } from "vitest";
import { patientMs } from "@headcount/testkit/patience";
import postgres from "postgres";
import { createTestDatabase, type TestDatabase } from "@headcount/testkit/postgres/test-database";
import { runTransaction } from "./run-transaction.ts";

let database: TestDatabase;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await owner`create table notes (text text)`;
});
afterAll(async () => {
  await owner.end({ timeout: 2 });
  await database[Symbol.asyncDispose]();
});

/** A pool of one connection: its successor is what everybody else gets. */
function onePool(): postgres.Sql & AsyncDisposable {
  const pool = postgres(database.url, { max: 1, onnotice: () => {} });
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end({ timeout: 2 }) });
}

async function endConnectionOf(tx: postgres.TransactionSql): Promise<void> {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await owner`select pg_terminate_backend(${row?.pid ?? 0}, ${patientMs(5_000)})`;
}

test("a transaction that lost its connection sends nothing into the next one on its successor", async () => {
  await using pool = onePool();
  const afterLoss = Promise.withResolvers<void>();
  const late = Promise.withResolvers<unknown>();
  const lost = runTransaction(pool, "", async (tx) => {
    await endConnectionOf(tx);
    await afterLoss.promise;
    try {
      await tx`insert into notes values ('of the lost one')`;
      late.resolve("sent");
    } catch (error) {
      late.resolve(error);
      throw error;
    }
  });
  await expect(lost).rejects.toThrow(/CONNECTION_CLOSED|terminating connection/);
  await runTransaction(pool, "", async (tx) => {
    await tx`insert into notes values ('of the next one')`;
    afterLoss.resolve();
    expect(String(await late.promise)).toContain("The transaction is over");
  });
  expect(await owner`select text from notes`).toEqual([{ text: "of the next one" }]);
});

test("a statement that dies with its connection leaves a pool that works", async () => {
  await using pool = onePool();
  for (let round = 0; round < 5; round += 1) {
    const lost = runTransaction(pool, "", async (tx) => {
      const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      const sleeping = tx`select pg_sleep(30)`;
      await Promise.all([
        sleeping,
        owner`select pg_terminate_backend(${row?.pid ?? 0}, ${patientMs(5_000)})`.execute(),
      ]);
    });
    await expect(lost).rejects.toThrow(/CONNECTION_CLOSED|terminating connection/);
    // The driver may tell the next statement the same farewell once more.
    const one = await pool`select 1 as one`.catch(() => pool`select 1 as one`);
    expect(one).toEqual([{ one: 1 }]);
  }
});

test("what fails for another reason is rolled back, and its own error is told", async () => {
  await using pool = onePool();
  const failed = runTransaction(pool, "", async (tx) => {
    await tx`insert into notes values ('undone')`;
    throw new Error("on second thoughts");
  });
  await expect(failed).rejects.toThrow("on second thoughts");
  expect(await owner`select 1 from notes where text = 'undone'`).toHaveLength(0);
});

test("an error of another connection is told, and the transaction rolled back", async () => {
  await using pool = onePool();
  const elsewhere = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const failed = runTransaction(pool, "", async (tx) => {
    await tx`insert into notes values ('undone too')`;
    throw elsewhere;
  });
  await expect(failed).rejects.toBe(elsewhere);
  expect(await owner`select 1 from notes where text = 'undone too'`).toHaveLength(0);
});
