import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { book, usageOf } from "./usage.fixture.ts";

describe("bookUsage", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("stores once, whatever is repeated", async () => {
    const task = await addTask(test);
    const record = usageOf(task, { input: 100, output: 20 });
    expect(await book(test, [record, record])).toEqual([
      { result: "stored", reason: null },
      { result: "duplicate", reason: null },
    ]);
    expect(await book(test, [record])).toEqual([{ result: "duplicate", reason: null }]);
  });

  it("answers each record for itself", async () => {
    const task = await addTask(test);
    const results = await book(test, [
      usageOf(task, { key: "good", input: 1 }),
      usageOf(task, { key: "negative", input: -1 }),
      usageOf(task, { key: "fraction", input: 1.5 }),
      usageOf(task, { key: "nan", input: Number.NaN }),
      usageOf(task, { key: "huge", input: 10_000_000_001 }),
      usageOf(task, { key: "future", input: 1, ageMs: -3_600_000 }),
      usageOf(task, { key: "lease", input: 1, lease: 2 }),
      usageOf({ id: test.app.services.newId() }, { key: "unknown", input: 1 }),
      usageOf(task, { key: "nul\u0000", input: 1, raw: { text: "\u0000" } }),
      usageOf(task, { key: "cost", input: 1, reportedCostUsd: "1e60" }),
      usageOf(task, { key: "last", input: 1 }),
    ]);
    expect(results.map((result) => result.reason ?? result.result)).toEqual([
      "stored",
      "count_negative",
      "count_fractional",
      "count_not_a_number",
      "count_too_large",
      "time_in_future",
      "lease_unknown",
      "task_unknown",
      "stored",
      "cost_too_large",
      "stored",
    ]);
  });
});
