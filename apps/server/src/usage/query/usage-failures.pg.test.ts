import { expect, it } from "vitest";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { makeBooks } from "./books.fixture.ts";

const workspace = "acme";

it("says why tasks failed, and counts them as the query does", async () => {
  await using books = await makeBooks();
  const { alice, bob } = books.test;
  for (const person of [alice, bob]) {
    const reply = await person.call(usageQueries.failures, { workspace, days: 30 });
    expect(reply.rows).toEqual([
      { failureClass: "timeout", reason: "timeout", ...reply.total, costUsd: "0.0004" },
    ]);
    const { totals } = await person.call(usageQueries.query, {
      workspace,
      days: 30,
      metrics: ["failures"],
    });
    expect(reply.total.failures).toBe(totals.failures);
  }
  const none = await alice.call(usageQueries.failures, { workspace, days: 1 });
  expect(none).toEqual({ rows: [], total: { failures: 0, runTimeMs: 0, costUsd: "0" } });
  const ada = await alice.call(usageQueries.failures, {
    workspace,
    days: 30,
    agent: books.ids.ada,
  });
  expect(ada.rows).toEqual([]);
});
