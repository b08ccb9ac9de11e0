import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { TestPerson } from "../../testing/test-app.ts";
import { type Books, makeBooks } from "./books.fixture.ts";

/** The parameters of a question, as they stand behind the `?`. */
export type Asked = Record<string, unknown>;

/** Books whose calls are folded and whose zones are kept: what most questions meet. */
export async function makeKeptBooks(): Promise<Books> {
  const books = await makeBooks();
  await books.fold();
  await books.keepZones();
  return books;
}

/** Asks as Alice, who may see everything, unless somebody else is named. */
export function askBooks(
  { test }: Books,
  asked: Asked,
  person: TestPerson = test.alice,
): Promise<UsageQueryReply> {
  return person.call(usageQueries.query, { workspace: test.workspace, ...asked });
}

/** A line for each row: the labels of its keys, then its metrics. */
export function tableOf(reply: UsageQueryReply): (string | number | null)[][] {
  return reply.rows.map((row) => [
    ...row.keys.map((key) => key.label),
    ...reply.metrics.map((metric) => row.metrics[metric] ?? null),
  ]);
}
