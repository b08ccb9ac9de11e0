import { books as booksRoutes } from "@headcount/contract/usage/books-routes";
import { rowsOf } from "../support/books/rows-of.ts";
import type { NastyRow } from "./support/nasty-row.ts";

const mostTokens = 10_000_000_000;

/** What large numbers invite to miscount. */
export const rowsOfSizes: readonly NastyRow[] = [
  {
    trap: "counts above 2^31",
    elsewhere: "A 32-bit column overflows, or the counter stops at 2,147,483,647.",
    seenWith: "cached prompts of long sessions: billions of cache reads a day",
    async feed(books) {
      const run = await books.run();
      const total = { provider: "openai", model: "o3", key: "total", cumulative: true };
      await run.report([{ ...total, cacheRead: 2_147_483_647 }]);
      await run.report([{ ...total, cacheRead: 2_147_483_648 }]);
      await run.report([{ ...total, cacheRead: 6_000_000_000 }]);
    },
    expects: {
      models: [{ provider: "openai", model: "o3", cacheRead: 6_000_000_000, costUsd: "3000" }],
      costUsd: "3000",
    },
  },
  {
    trap: "money whose sum no 64-bit integer holds",
    elsewhere: "Sums of small units overflow, and floating point loses the last cents.",
    seenWith: "every ledger in fractions of a cent",
    async feed(books) {
      const run = await books.run();
      const call = { provider: "openai", model: "gpt-5.5-pro", output: mostTokens };
      // 1.8 million US dollars each: the sixth brings the sum above 2^63 pico-dollars.
      await run.report(Array.from({ length: 6 }, (_, index) => ({ ...call, key: `${index}` })));
      await run.report([{ ...call, key: "one token", output: 1 }]);
    },
    expects: {
      models: [
        {
          provider: "openai",
          model: "gpt-5.5-pro",
          output: 60_000_000_001,
          costUsd: "10800000.00018",
        },
      ],
      costUsd: "10800000.00018",
    },
  },
  {
    trap: "sums above 2^53, which no floating-point number holds",
    elsewhere: "JSON and JavaScript round them: the last digits of a total are made up.",
    seenWith: "every dashboard that adds up in the browser",
    async feed(books) {
      const run = await books.run();
      const call = { provider: "acme", model: "in-house-7b", input: mostTokens };
      await run.report(["1", "2", "3"].map((key) => ({ ...call, key })));
      // As if each stood for 400,000 calls of the largest size: more than a test can send.
      await rowsOf(
        books.test,
        (tx) => tx`update usage_events
          set input = 4_000_000_000_000_001, unpriced_tokens = 4_000_000_000_000_001`,
      );
      const { alice, workspace } = books.test;
      const [from, to] = ["2026-10-14", "2026-10-15"];
      await alice.call(booksRoutes.rebuild, { workspace, from, to });
      await alice.call(booksRoutes.rebuild, { workspace, metersOf: "2026-10" });
    },
    expects: {
      models: [
        {
          provider: "acme",
          model: "in-house-7b",
          input: 12_000_000_000_000_003n,
          costUsd: null,
          unpricedTokens: 12_000_000_000_000_003n,
        },
      ],
      costUsd: null,
    },
  },
  {
    trap: "prices far below a cent per call",
    elsewhere: "Each call is rounded to zero before it is added.",
    seenWith: "cache reads of small models",
    async feed(books) {
      const run = await books.run();
      const call = { provider: "google", model: "gemini-3.6-flash", cacheRead: 1 };
      await run.report(Array.from({ length: 1_000 }, (_, index) => ({ ...call, key: `${index}` })));
    },
    expects: {
      models: [
        {
          provider: "google",
          model: "gemini-3.6-flash",
          cacheRead: 1_000,
          // 75,000 pico-dollars each
          costUsd: "0.000075",
        },
      ],
      costUsd: "0.000075",
    },
  },
];
