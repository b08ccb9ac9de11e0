import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, readPivots, usageOf } from "./usage.fixture.ts";

const bookers = 16;
const batches = 6;

describe("concurrent bookUsage", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ maxConnections: bookers + 2 });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("is exact while 16 machines add to the same buckets and repeat each other", async () => {
    const first = await addTask(test);
    const { agentId } = first;
    const others = await Promise.all(
      Array.from({ length: bookers / 2 - 1 }, () => addTask(test, { agentId })),
    );
    const tasks = [first, ...others];
    // Two bookers share each task and send the same records in opposite orders.
    const deliveries = Array.from({ length: bookers }, async (_, booker) => {
      const task = tasks[booker % tasks.length] ?? first;
      for (let batch = 0; batch < batches; batch += 1) {
        const records = Array.from({ length: 20 }, (__, index) => {
          const key = index % 10;
          const cumulative = key % 2 === 0;
          const input = cumulative ? index + 1 : key + 1;
          return usageOf(task, { key: `${batch}-${key}`, cumulative, input, model: `m${key % 3}` });
        });
        const results = await book(test, booker < tasks.length ? records : records.toReversed());
        expect(results.filter((result) => result.result === "rejected")).toEqual([]);
      }
    });
    const watched = (async () => {
      for (let look = 0; look < 5; look += 1) {
        const pivots = await readPivots(
          test,
          tasks.map((task) => task.issueId),
        );
        expect(pivots.differences).toEqual([]);
        expect(pivots.perIssue).toEqual(pivots.perDay);
      }
    })();
    await Promise.all([...deliveries, watched]);
    const pivots = await readPivots(
      test,
      tasks.map((task) => task.issueId),
    );
    expect(pivots.differences).toEqual([]);
    expect(pivots.perIssue).toEqual(pivots.perDay);
    expect(pivots.perAgent).toEqual(pivots.perDay);
    expect(pivots.perDay.events).toBe(BigInt(tasks.length * batches * 10));
    // Even keys grow to key + 11, odd ones are key + 1.
    expect(pivots.perDay.tokens.input).toBe(BigInt(tasks.length * batches * (75 + 30)));
  });
});
