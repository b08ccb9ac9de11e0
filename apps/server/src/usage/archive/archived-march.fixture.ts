import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openOwnerConnection } from "../../platform/database.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { change } from "../verify/books.fixture.ts";
import { archiveMonth } from "./archive-month.ts";

const hourMs = 3_600_000;

export type ArchivedMarch = {
  readonly test: TestApp;
  /** Queued in March, archived in June: 7 tokens on the 1st of April at 01:30. */
  readonly ofMarch: AddedTask;
  /** Queued half an hour into April: 5 tokens at the same time as those of the other. */
  readonly ofApril: AddedTask;
};

/** A task of March that goes on into April beside one of April, and March is archived in June. */
export async function makeArchivedMarch(): Promise<ArchivedMarch> {
  const test = await createTestApp({ startsAt: new Date("2026-03-31T23:00:00Z") });
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
  const folder = await mkdtemp(path.join(os.tmpdir(), "archived-march-"));
  await archiveMonth(owner, { month: "2026-03", file: path.join(folder, "march"), at: test.now() });
  await rm(folder, { recursive: true });
  await owner.end();
  return { test, ofMarch, ofApril };
}
