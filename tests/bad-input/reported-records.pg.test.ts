import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId, type TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import { daemon } from "@headcount/contract/daemon/routes";
import { usage } from "@headcount/contract/usage/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createTestMachine } from "@headcount/server/testing/test-machine";
import { type Books, openBooks, plainRecord, type Run } from "../support/books/open-books.ts";
import { rowsOf } from "../support/books/rows-of.ts";
import { postOutbox } from "./support/post-outbox.ts";

/** What one record of a batch may say, and the reason that its answer gives. */
const badRecords: readonly (readonly [what: string, body: object, reason: string])[] = [
  ["a negative count", { input: -1 }, "count_negative"],
  ["a negative fraction", { cacheRead: -0.5 }, "count_negative"],
  ["a fraction", { output: 1.5 }, "count_fractional"],
  ["a missing count", { input: undefined }, "count_not_a_number"],
  ["no number", { input: null }, "count_not_a_number"],
  ["a number as text", { input: "12" }, "count_not_a_number"],
  ["a list", { cacheWrite5m: [1] }, "count_not_a_number"],
  ["one token too many", { cacheRead: 10_000_000_001 }, "count_too_large"],
  ["the largest number there is", { cacheRead: Number.MAX_VALUE }, "count_too_large"],
  ["too many in all classes", { input: 9e9, output: 9e9 }, "count_too_large"],
  ["a fraction as revision", { revision: 0.5 }, "revision_invalid"],
  ["a revision below zero", { revision: -1 }, "revision_invalid"],
  ["a revision beyond all integers", { revision: 2 ** 60 }, "revision_invalid"],
  ["a cost that is no number", { reportedCostUsd: "a lot" }, "reported_cost_invalid"],
  ["a cost of not a number", { reportedCostUsd: "NaN" }, "reported_cost_invalid"],
  ["more than there is money", { reportedCostUsd: "1e60" }, "cost_too_large"],
];

/** What makes a request no request of this route, and where it says so. */
const badRequests: readonly (readonly [what: string, change: object, place: string])[] = [
  ["a negative age", { ageMs: -1 }, "ageMs"],
  ["a fraction of a sequence", { sequence: 0.5 }, "sequence"],
  ["a lease below one", { lease: 0 }, "lease"],
  ["a task that is no id", { taskId: "1' or '1'='1" }, "taskId"],
  ["an unknown kind", { kind: "gossip" }, "kind"],
  ["a body that is a list", { body: [] }, "body"],
  ["a role that there is not", { body: { ...plainRecord, role: "boss" } }, "role"],
  ["an empty model", { body: { ...plainRecord, model: "" } }, "model"],
  ["a key without end", { body: { ...plainRecord, key: "k".repeat(501) } }, "key"],
  ["a truth that is text", { body: { ...plainRecord, cumulative: "yes" } }, "cumulative"],
];

describe("bad records in the outbox of a machine", () => {
  let books: Books;
  let run: Run;
  beforeAll(async () => {
    books = await openBooks("2026-10-14T09:00:00Z");
    run = await books.run();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const send = (records: readonly object[]) => postOutbox(books, records);
  const record = (change: object = {}) => ({
    workspaceId: run.task.workspaceId,
    taskId: run.taskId,
    lease: run.task.lease,
    sequence: 0,
    ageMs: 0,
    kind: "usage",
    body: plainRecord,
    ...change,
  });
  let keys = 0;
  const good = (input: number) => {
    keys += 1;
    return record({ sequence: keys, body: { ...plainRecord, key: `good ${keys}`, input } });
  };
  const inputNow = async (): Promise<bigint> => {
    const asked = { workspace: "acme", taskId: run.taskId };
    const { total } = await books.test.alice.call(usage.task, asked);
    return BigInt(total.tokens.input);
  };

  it.each(badRecords)(
    "%s is refused with a reason, its neighbours are stored",
    async (what, body, reason) => {
      const before = await inputNow();
      const bad = record({ body: { ...plainRecord, key: what, ...body } });
      const { status, answers } = await send([good(3), bad, good(4)]);
      expect(status).toBe(200);
      expect(answers).toEqual(["stored", reason, "stored"]);
      expect((await inputNow()) - before).toBe(7n);
    },
  );

  it.each(badRequests)(
    "%s is refused with the place of the fault, and nothing is stored",
    async (_, change, place) => {
      const before = await inputNow();
      const { status, error } = await send([good(3), record(change), good(4)]);
      expect(status).toBe(422);
      expect(error?.code).toBe("invalid");
      expect(JSON.stringify(error?.details)).toContain(`records.1.`);
      expect(JSON.stringify(error?.details)).toContain(place);
      expect(await inputNow()).toBe(before);
    },
  );

  it("tasks that are unknown, of another machine or of another workspace are refused", async () => {
    const { test } = books;
    const stranger = await createTestMachine(test, test.bob);
    const elsewhere = await test.alice.call(workspaces.create, { name: "Else", slug: "elsewhere" });
    const before = await inputNow();
    const { answers } = await send([
      good(1),
      record({ taskId: newId<TaskId>() }),
      record({ workspaceId: elsewhere.id }),
      record({ workspaceId: newId<WorkspaceId>() }),
      record({ lease: 2 }),
      good(2),
    ]);
    // Answers come workspace by workspace.
    expect(answers.toSorted()).toEqual(
      [
        "stored",
        "task_unknown",
        "task_unknown",
        "task_unknown",
        "lease_unknown",
        "stored",
      ].toSorted(),
    );
    const theirs = await postOutbox({ ...books, machine: stranger }, [good(5)]);
    expect(theirs.answers).toEqual(["task_of_other_machine"]);
    expect((await inputNow()) - before).toBe(3n);
  });

  it("a token that has expired stores nothing and says so; the next one delivers", async () => {
    const { test, machine } = books;
    const before = await inputNow();
    const identity = {
      daemonId: machine.daemonId,
      deviceName: "the same machine",
      version: "0.1.0",
      platform: "linux",
      capabilities: [],
    };
    const kept = [good(6)];
    const { token } = await test.alice.call(daemon.enrol, identity);
    const expired = await send(kept);
    expect([expired.status, expired.error?.code]).toEqual([401, "unauthenticated"]);
    const renewed = await postOutbox({ ...books, machine: { ...machine, token } }, kept);
    expect(renewed.answers).toEqual(["stored"]);
    books = { ...books, machine: { ...machine, token } };
    expect((await inputNow()) - before).toBe(6n);
  });

  it("keys that come more than once in a batch count once, grow, or are refused when they disagree", async () => {
    const before = await inputNow();
    const same = (body: object) => record({ body: { ...plainRecord, key: "twice", ...body } });
    const total = (input: number) =>
      record({ body: { ...plainRecord, key: "sum", cumulative: true, input } });
    const { answers } = await send([
      same({ input: 10 }),
      same({ input: 10 }),
      same({ input: 11 }),
      same({ input: 12, revision: 1 }),
      same({ input: 10 }),
      total(100),
      total(300),
      total(200),
      total(300),
    ]);
    expect(answers).toEqual([
      "stored",
      "duplicate",
      "values_conflict",
      "stored",
      "duplicate",
      "stored",
      "stored",
      "duplicate",
      "duplicate",
    ]);
    expect((await inputNow()) - before).toBe(312n);
  });

  it("a batch of ten megabytes is stored, one that is too long or too large is refused", async () => {
    const before = await inputNow();
    const raw = { text: "x".repeat(10_000) };
    const heavy = (count: number) =>
      Array.from({ length: count }, () => {
        const { body, ...head } = good(1);
        return { ...head, body: { ...body, raw } };
      });
    const large = await send(heavy(1_000));
    expect(large.status).toBe(200);
    expect(new Set(large.answers)).toEqual(new Set(["stored"]));
    const tooMany = await send(Array.from({ length: 1_001 }, () => good(1)));
    expect([tooMany.status, tooMany.error?.reason]).toEqual([422, "validation"]);
    const blown = { ...record(), body: { ...plainRecord, raw: "x".repeat(34_000_000) } };
    const tooLarge = await send([blown]);
    expect([tooLarge.status, tooLarge.error?.reason]).toEqual([413, "too_large"]);
    expect((await inputNow()) - before).toBe(1_000n);
  });

  it("what cannot be stored as text is cleaned, and a huge vendor object is left out", async () => {
    const before = await inputNow();
    const odd = good(1);
    const body = {
      ...odd.body,
      key: "nul \u0000 and half \ud800",
      model: "m\u0000\udfff",
      raw: { "k\u0000": "\ud800", deep: "x".repeat(20_000) },
    };
    const { answers } = await send([{ ...odd, body }, good(2)]);
    expect(answers).toEqual(["stored", "stored"]);
    expect((await inputNow()) - before).toBe(3n);
  });

  it("everything that was refused is kept where an operator sees it, and nowhere else", async () => {
    const { test } = books;
    const kept = await rowsOf<{ reason: string }>(
      test,
      (tx) => tx`select distinct reason from usage_quarantine order by 1`,
    );
    expect(kept.map((row) => row.reason)).toContain("count_negative");
    const elsewhere = await test.alice.call(workspaces.get, { workspace: "elsewhere" });
    const foreign = await rowsOf<{ reason: string }>(
      { ...test, workspaceId: elsewhere.id },
      (tx) => tx`select reason from usage_quarantine`,
    );
    expect(foreign).toEqual([]);
  });

  it("all books agree in the end", async () => {
    const { totals, differences } = await books.pivots();
    expect(differences).toEqual([]);
    expect(new Set(Object.values(totals).map((sum) => sum.input))).toEqual(
      new Set([await inputNow()]),
    );
  });
});
