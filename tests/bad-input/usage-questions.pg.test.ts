import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ErrorBody } from "@headcount/contract/kit/error";
import { usage } from "@headcount/contract/usage/routes";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import {
  usageBuckets,
  usageDimensions,
  usageGroupings,
  usageMetrics,
} from "@headcount/contract/usage/query-words";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { type Books, openBooks } from "../support/books/open-books.ts";

const injection = "1'; drop table usage_events; --";

const oddWords = [
  "none",
  "Ada",
  "UTC",
  "Asia/Kathmandu",
  "0",
  "7",
  "365",
  "9".repeat(30),
  "0001-01-01",
  "9999-12-31",
  "2026-10-01",
  "2026-10-14T09:00:00+14:00",
  "00000000-0000-0000-0000-000000000000",
  "-tokens",
  "csv",
  "json",
  "\u0000",
  "\ud800",
  injection,
];
const otherParameters = "metrics group_by from to days tz bucket limit order format".split(" ");

/** A question and a word that its refusal has to contain. */
const badQuestions: readonly (readonly [path: string, question: string, says: string])[] = [
  [usageQueries.query.path, "days=0", "days"],
  [usageQueries.query.path, "days=366", "days"],
  [usageQueries.query.path, "days=1.5", "days"],
  [usageQueries.query.path, "days=many", "days"],
  [usageQueries.query.path, "tz=Mars/Base", "tz"],
  [usageQueries.query.path, "tz=%2B05:30x", "tz"],
  [usageQueries.query.path, "from=2026-10-02&to=2026-10-01", "from"],
  [usageQueries.query.path, "from=2026-02-30", "from"],
  [usageQueries.query.path, "from=yesterday", "from"],
  [usageQueries.query.path, "metrics=happiness", "happiness"],
  [usageQueries.query.path, "group_by=mood", "mood"],
  [usageQueries.query.path, "group_by=agent,model,project", "group_by"],
  [usageQueries.query.path, "bucket=fortnight&group_by=time", "fortnight"],
  [usageQueries.query.path, `order=${encodeURIComponent(injection)}`, "order"],
  [usageQueries.query.path, "limit=0", "limit"],
  [usageQueries.query.path, "colour=red", "colour"],
  [usage.daily.path, "days=0", "days"],
  [usage.daily.path, "tz=Nowhere", "tz"],
  [usage.summary.path, "days=-1", "days"],
];

describe("bad questions about usage", () => {
  let books: Books;
  beforeAll(async () => {
    books = await openBooks("2026-10-14T09:00:00Z");
    const run = await books.run();
    await run.report([{ input: 1_000, output: 10 }]);
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const ask = async (path: string, question: string): Promise<Response> => {
    const { alice, app } = books.test;
    const url = `http://headcount.test${path.replace(":workspace", "acme")}?${question}`;
    const headers = { authorization: `Bearer ${alice.token}` };
    return app.api.fetch(new Request(url, { headers }));
  };

  it.each(badQuestions)("%s?%s is refused, naming %s", async (path, question, says) => {
    const reply = await ask(path, question);
    expect(reply.status).toBe(400);
    const { code, message, details } = ErrorBody.parse(await reply.json());
    expect(code).toBe("invalid");
    expect(`${message} ${JSON.stringify(details)}`).toContain(says);
  });

  it.each(["model", "agent", "issue", "role", "provider", "failure_class"])(
    "SQL in the filter %s is a name that nothing has",
    async (filter) => {
      const reply = await ask(
        usageQueries.query.path,
        `${filter}=${encodeURIComponent(injection)}`,
      );
      expect([200, 400, 404]).toContain(reply.status);
      const whole = await ask(usageQueries.query.path, "metrics=tokens");
      expect(await whole.json()).toMatchObject({ totals: { tokens: 1_010 } });
    },
  );

  it(
    "whatever is asked is answered or refused, and never with a fault of the server",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const words = fc.oneof(
        fc.constantFrom<string>(...usageMetrics, ...usageGroupings, ...usageBuckets, ...oddWords),
        fc.string({ unit: "binary", maxLength: 12 }),
      );
      const names = fc.constantFrom(...usageDimensions, ...otherParameters);
      const values = fc.array(words, { minLength: 1, maxLength: 3 }).map((list) => list.join(","));
      const question = fc.dictionary(names, values, { maxKeys: 5 });
      const path = fc.constantFrom(
        usageQueries.query.path,
        usageQueries.byAgent.path,
        usage.daily.path,
        usage.summary.path,
      );
      await fc.assert(
        fc.asyncProperty(path, question, async (asked, members) => {
          const reply = await ask(asked, new URLSearchParams(members).toString());
          expect(reply.status, await reply.text()).toBeLessThan(500);
        }),
        { numRuns: testRuns(200) },
      );
    },
  );
});
