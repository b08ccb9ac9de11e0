import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { type Books, openBooks, plainRecord, type Run } from "../support/books/open-books.ts";
import { postOutbox, postOutboxText } from "./support/post-outbox.ts";

const oddNumbers = [-1, -0, 0.1, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, 1e21];
const oddTexts = ["", "\u0000", "\ud800", "NaN", "1e999", "-", "' or 1=1 --", "x".repeat(600), "𝟙"];
const oddWords = ["__proto__", "constructor", "2026-13-45", "0", "-1", "1.5"];

/** Values that break what reads them carelessly. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(...oddNumbers, ...oddTexts, ...oddWords),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const heads = ["workspaceId", "taskId", "lease", "sequence", "ageMs", "kind", "body"] as const;
const kinds = ["usage", "usage", "usage", "transcript", "progress", "session", "gossip"] as const;

/** Some members of a good record, replaced; most stay as they are, so that most of it gets far. */
const changes = fc.record({
  head: fc.dictionary(fc.constantFrom(...heads), odd, { maxKeys: 1 }),
  isHeadChanged: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  body: fc.dictionary(fc.constantFrom(...Object.keys(plainRecord), "raw", "surprise"), odd, {
    maxKeys: 3,
  }),
  kind: fc.constantFrom(...kinds),
  key: fc.nat(20),
});

const counts = ["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output", "reasoning"];
const oddText = (mostCharacters: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: mostCharacters }),
    fc.constantFrom(...oddTexts.slice(1), ...oddWords).map((text) => text.slice(0, mostCharacters)),
  );

/** A record of the right shape whose every value may be wrong. */
const shapedRecord = fc.record(
  {
    key: oddText(20),
    model: oddText(200),
    provider: fc.option(oddText(100)),
    source: oddText(100),
    role: fc.constantFrom("main", "subagent", "auxiliary"),
    cumulative: fc.boolean(),
    revision: odd,
    reportedCostUsd: fc.option(oddText(40)),
    reportedCostBasis: fc.option(fc.constantFrom("billed", "estimated")),
    atMs: odd,
    raw: odd,
    counts: fc.dictionary(fc.constantFrom(...counts), fc.oneof(odd, fc.maxSafeNat()), {
      maxKeys: 4,
    }),
  },
  { requiredKeys: ["counts"] },
);

describe("anything in the outbox of a machine", () => {
  let books: Books;
  let run: Run;
  beforeAll(async () => {
    books = await openBooks("2026-10-14T09:00:00Z");
    run = await books.run();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const recordOf = (kind: string, body: object, head: object = {}): object => ({
    workspaceId: run.task.workspaceId,
    taskId: run.taskId,
    lease: run.task.lease,
    sequence: 0,
    ageMs: 0,
    kind,
    body,
    ...head,
  });
  const expectOneTotal = async (): Promise<void> => {
    const { totals, differences } = await books.pivots();
    expect(differences).toEqual([]);
    const inputs = new Set(Object.values(totals).map((sum) => sum.input));
    expect(inputs.size).toBe(1);
  };
  let sent = 0;
  const good = (): object => {
    sent += 1;
    return recordOf("usage", { ...plainRecord, key: `good ${sent}`, input: 1 });
  };

  it(
    "of the right shape is answered record by record, and its neighbours are stored",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const batch = fc.array(shapedRecord, { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(batch, async (list) => {
          const strange = list.map(({ counts: values, ...body }) =>
            recordOf("usage", { ...plainRecord, ...body, ...values }),
          );
          const { status, answers } = await postOutbox(books, [good(), ...strange, good()]);
          expect(status).toBe(200);
          expect(answers).toHaveLength(list.length + 2);
          expect(answers).not.toContain("internal");
          expect([answers[0], answers.at(-1)]).toEqual(["stored", "stored"]);
        }),
        { numRuns: testRuns(100) },
      );
      await expectOneTotal();
    },
  );

  it(
    "is answered record by record or refused as a whole, and never with a fault of the server",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 8 }), async (list) => {
          const strange = list.map(({ head, isHeadChanged, body, kind, key }) =>
            recordOf(
              kind,
              { ...plainRecord, key: `strange ${key}`, ...body },
              isHeadChanged ? head : {},
            ),
          );
          const reply = await postOutbox(books, [good(), ...strange, good()]);
          expect([200, 422]).toContain(reply.status);
          expect(reply.answers).not.toContain("internal");
          // A batch that is refused as a whole says where it is wrong.
          expect(reply.error?.reason ?? "validation").toBe("validation");
          const isTaken = reply.status === 200;
          expect(reply.answers).toHaveLength(isTaken ? list.length + 2 : 0);
          const stored = reply.answers.filter((answer) => answer === "stored");
          expect(stored.length).toBeGreaterThanOrEqual(isTaken ? 2 : 0);
        }),
        { numRuns: testRuns(150) },
      );
      await expectOneTotal();
    },
  );

  it("is refused when it is no batch at all", { timeout: testRunsTimeoutMs(20_000) }, async () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.string({ unit: "binary" }),
      odd.map((value) => JSON.stringify({ records: value })),
      odd.map((value) => JSON.stringify({ records: [value] })),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { status, answers } = await postOutboxText(books, body);
        const isEmptyBatch = status === 200 && answers.length === 0;
        expect(isEmptyBatch || (status >= 400 && status < 500)).toBe(true);
      }),
      { numRuns: testRuns(150) },
    );
  });
});
