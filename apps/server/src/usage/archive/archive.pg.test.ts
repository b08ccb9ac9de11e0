import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { books } from "@headcount/contract/usage/books-routes";
import { usage } from "@headcount/contract/usage/routes";
import type postgres from "postgres";
import { openOwnerConnection } from "../../platform/database.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { change, keepBooks, rebuildSlices, verifySlices } from "../verify/books.fixture.ts";
import { archiveMonth } from "./archive-month.ts";

const workspace = "acme";
const dayMs = 24 * 3_600_000;

describe("archiving a month of the ledger", () => {
  let test: TestApp;
  let owner: postgres.Sql;
  let folder: string;
  let task: AddedTask;
  const archive = (month: string, name = `${month}.csv`) =>
    archiveMonth(owner, { month, file: path.join(folder, name), at: test.now() });
  const taskUsage = () => test.alice.call(usage.task, { workspace, taskId: task.id });

  beforeAll(async () => {
    test = await createTestApp({ startsAt: new Date("2026-03-20T12:00:00Z") });
    owner = openOwnerConnection(test.databaseUrl);
    folder = await mkdtemp(path.join(os.tmpdir(), "hc-archive-"));
    task = await keepBooks(test);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await owner.end();
    await test[Symbol.asyncDispose]();
  });

  it("waits until the month is over and nothing of it runs any more", async () => {
    await expect(archive("2026-03")).rejects.toMatchObject({ reason: "usage.month_recent" });
    test.advance(20 * dayMs);
    await expect(archive("2026-03")).rejects.toMatchObject({ reason: "usage.month_recent" });
    test.advance(30 * dayMs);
    await expect(archive("2026-03")).rejects.toMatchObject({ reason: "usage.month_in_use" });
    await expect(archive("2025-03")).rejects.toMatchObject({ reason: "usage.month_unknown" });
    await expect(archive("March")).rejects.toMatchObject({ reason: "usage.month_recent" });
  });

  it("moves the events into a file and leaves every sum as it was", async () => {
    await change(test, (tx) => tx`update tasks set ended_at = started_at where ended_at is null`);
    const later = await addTask(test);
    await book(test, [usageOf(later, { key: "later", input: 9 })]);
    const before = await taskUsage();
    expect(before.total.events).toBe(12);
    const done = await archive("2026-03");
    expect(done.events).toBe(12);
    const lines = (await readFile(done.file, "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(13);
    expect(lines[0]).toContain("event_id,used_at");

    expect(await taskUsage()).toEqual(before);
    expect((await verifySlices(test)).differences).toEqual([]);
    expect((await test.alice.call(usage.verify, { workspace })).differences).toEqual([]);
    expect(await rebuildSlices(test)).toBe(0);
    const { archivedMonths } = await test.alice.call(books.bounds, { workspace });
    expect(archivedMonths).toEqual(["2026-03"]);
  });

  it("books nothing into it any more, and everything else as before", async () => {
    const later = await addTask(test);
    const results = await book(test, [
      usageOf(task, { key: "kept 1", input: 1_001, output: 7, ageMs: 60 * dayMs }),
      usageOf(later, { key: "now", input: 1 }),
    ]);
    expect(results).toEqual([
      { result: "rejected", reason: "month_archived" },
      { result: "stored", reason: null },
    ]);
    expect((await taskUsage()).total.events).toBe(12);
  });

  it("repairs rollups of an archived month from its quarter-hours, and meters too", async () => {
    await change(test, (tx) => tx`delete from usage_rollups`);
    await change(test, (tx) => tx`update usage_meters set output = 1 where task_id = ${task.id}`);
    expect((await verifySlices(test)).differences.length).toBeGreaterThan(0);
    expect(await rebuildSlices(test)).toBeGreaterThan(0);
    expect((await verifySlices(test)).differences).toEqual([]);
    expect((await taskUsage()).total.events).toBe(12);
  });

  it("overwrites no file, and does not archive twice", async () => {
    await expect(archive("2026-03")).rejects.toMatchObject({ reason: "usage.month_unknown" });
    await owner`delete from usage_archived_months`;
    await owner`select usage_ensure_month('2026-03-01')`;
    await expect(archive("2026-03")).rejects.toMatchObject({ code: "EEXIST" });
    const attached = await owner`select to_regclass('usage_events_2026_03') as found`;
    expect(attached[0]?.["found"]).not.toBeNull();
  });

  it("comes back from its file by the documented statements", async () => {
    const { createReadStream } = await import("node:fs");
    const { pipeline } = await import("node:stream/promises");
    await owner.begin(async (tx) => {
      const into =
        await tx`copy usage_events_2026_03 from stdin with (format csv, header)`.writable();
      await pipeline(createReadStream(path.join(folder, "2026-03.csv")), into);
    });
    const { ledgerEvents, differences } = await verifySlices(test);
    expect([ledgerEvents, differences]).toEqual([14, []]);
    expect(
      (await book(test, [usageOf(task, { key: "kept 1", input: 1_001, output: 7 })]))[0],
    ).toEqual({ result: "duplicate", reason: null });
  });
});
