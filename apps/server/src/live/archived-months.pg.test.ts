import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { live } from "@headcount/contract/live/routes";
import { openOwnerConnection } from "../platform/database.ts";
import { addTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { archiveMonth } from "../usage/archive/archive-month.ts";
import { book, usageOf } from "../usage/ledger/usage.fixture.ts";
import { change } from "../usage/verify/books.fixture.ts";

const workspace = "acme";
const hourMs = 3_600_000;

let test: TestApp;

/** A task of March that goes on into April beside one of April, and March is archived in June. */
beforeAll(async () => {
  test = await createTestApp({ startsAt: new Date("2026-03-31T23:00:00Z") });
  const ofMarch = await addTask(test, { startedAt: test.now() });
  test.advance(1.5 * hourMs);
  const ofApril = await addTask(test, { startedAt: test.now() });
  test.advance(hourMs);
  await book(test, [
    usageOf(ofMarch, { key: "march", input: 7 }),
    usageOf(ofApril, { key: "april", input: 5 }),
  ]);
  await test.app.jobs.runNow("usage.fold");
  test.advance(70 * 24 * hourMs);
  await change(test, (tx) => tx`update tasks set ended_at = started_at where ended_at is null`);
  const owner = openOwnerConnection(test.databaseUrl);
  const folder = await mkdtemp(path.join(tmpdir(), "archived-months-"));
  await archiveMonth(owner, { month: "2026-03", file: path.join(folder, "march"), at: test.now() });
  await rm(folder, { recursive: true });
  await owner.end();
});
afterAll(() => test[Symbol.asyncDispose]());

const series = (from: string, to: string, compare: { readonly compare?: "previous" } = {}) =>
  test.alice.call(live.series, { workspace, metrics: "input", from, to, ...compare });

it("a chart of days that a task of an archived month reached into shows all that was used", async () => {
  const day = await series("2026-04-01T00:00:00Z", "2026-04-01T08:00:00Z");
  expect(day.sums).toMatchObject({ times: { bucket: "15min" }, series: [{ total: 12 }] });
  const next = await series("2026-04-01T08:00:00Z", "2026-04-01T16:00:00Z", {
    compare: "previous",
  });
  expect(next.comparison?.sums).toMatchObject({
    times: { bucket: "15min" },
    series: [{ total: 12 }],
  });
});

it("a chart that reads nothing of that month stays as fine as ever", async () => {
  const { sums } = await series("2026-04-01T08:00:00Z", "2026-04-01T16:00:00Z");
  expect(sums).toMatchObject({ times: { bucket: "1min" }, series: [{ total: 0 }] });
});
