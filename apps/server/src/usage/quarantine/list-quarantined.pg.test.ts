import { newId, type TaskId } from "@headcount/contract/kit/ids";
import { books } from "@headcount/contract/usage/books-routes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";

const workspace = "acme";

describe("refused records", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("are listed page by page, newest first, with their reason and as they arrived", async () => {
    const task = await addTask(test);
    const unknown = { id: newId<TaskId>() };
    await book(test, [usageOf(task, { key: "a", input: -1 })]);
    await book(test, [usageOf(task, { key: "b", input: 1.5 }), usageOf(task, { key: "ok" })]);
    await book(test, [usageOf(unknown, { key: "c" })]);
    const first = await test.alice.call(books.quarantine, { workspace, limit: 2 });
    const rest = await test.alice.call(books.quarantine, {
      workspace,
      limit: 2,
      cursor: first.nextCursor ?? "",
    });
    const all = [...first.items, ...rest.items];
    expect(all.map((item) => item.reason)).toEqual([
      "task_unknown",
      "count_fractional",
      "count_negative",
    ]);
    expect(rest.nextCursor).toBeNull();
    expect(all[2]?.record).toMatchObject({ body: { key: "a", input: -1 } });
    const ofTask = await test.alice.call(books.quarantine, { workspace, taskId: task.id });
    expect(ofTask.items.map((item) => item.taskId)).toEqual([task.id, task.id]);
  });

  it("are for administrators, of their own workspace", async () => {
    await expect(test.bob.call(books.quarantine, { workspace })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      test.alice.call(books.quarantine, { workspace, cursor: "nonsense" }),
    ).rejects.toMatchObject({ reason: "cursor.invalid" });
  });
});
