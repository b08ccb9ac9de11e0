import { books } from "@headcount/contract/usage/books-routes";
import { issues } from "@headcount/contract/issues/routes";
import { projects } from "@headcount/contract/projects/routes";
import { usage } from "@headcount/contract/usage/routes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asSystem } from "../../testing/as-system.ts";
import type { AddedTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { keepZone } from "../rollups/keep-zone.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { change, fold, keepBooks, rebuildSlices, slicesOf, verifySlices } from "./books.fixture.ts";
import { type Damage, damages, oneBucket } from "./damages.fixture.ts";
import { findUsageDifferences } from "./find-differences.ts";

const workspace = "acme";

describe("verify and rebuild", () => {
  let test: TestApp;
  let task: AddedTask;
  let key = 0;
  beforeAll(async () => {
    test = await createTestApp({ maxConnections: 12 });
    task = await keepBooks(test);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const bookOne = async (): Promise<void> => {
    key += 1;
    const record = usageOf(task, { key: `more ${key}`, input: 3, output: 1, ageMs: key * 60_000 });
    expect((await book(test, [record]))[0]?.result).toBe("stored");
  };

  /** Books until `work` is done; some of it is folded by the way. */
  async function whileBooking<T>(work: () => Promise<T>): Promise<T> {
    let isDone = false;
    const booking = (async () => {
      do {
        await bookOne();
        if (key % 7 === 0) await fold(test);
      } while (!isDone);
    })();
    try {
      return await work();
    } finally {
      isDone = true;
      await booking;
    }
  }

  it("finds nothing where nothing is wrong, as a whole and part by part alike", async () => {
    const whole = await test.alice.call(usage.verify, { workspace });
    expect(whole.differences).toEqual([]);
    expect(whole.ledgerEvents).toBe(12);
    expect(await verifySlices(test)).toEqual(whole);
    expect(await rebuildSlices(test)).toBe(0);
  });

  it.each(damages)("finds and repairs while usage is booked: $name", async ({ table, write }) => {
    expect(await change(test, write)).toBeGreaterThan(0);
    const found = await whileBooking(() => verifySlices(test));
    expect(found.differences.length).toBeGreaterThan(0);
    expect(new Set(found.differences.map((one) => one.rollup))).toEqual(new Set([table]));
    const whole = await test.alice.call(usage.verify, { workspace });
    expect(whole.differences.map((one) => one.key)).toEqual(
      expect.arrayContaining(found.differences.map((one) => one.key)),
    );

    expect(await whileBooking(() => rebuildSlices(test))).toBeGreaterThan(0);
    expect(await asSystem(test, (ctx) => findUsageDifferences(ctx))).toEqual([]);
    await fold(test);
    expect((await verifySlices(test)).differences).toEqual([]);
    expect(await rebuildSlices(test)).toBe(0);
  });

  it.each<Damage & { readonly sums: readonly string[] }>([
    {
      name: "a series is gone",
      table: "usage_series",
      sums: ["usage_series"],
      write: (tx) => tx`delete from usage_series where pivot = 'project'`,
    },
    {
      name: "a series has other dimensions",
      table: "usage_series",
      sums: ["usage_series"],
      write: (tx) => tx`update usage_series set model = 'another' where pivot = 'agent'`,
    },
    {
      name: "a meter adds to the series of another",
      table: "usage_meters",
      sums: ["usage_series", "usage_rollups"],
      write: (tx) => tx`
        update usage_meters set model_series = (select max(id) from usage_series where pivot = 'model')
        where id = (select min(id) from usage_meters)`,
    },
  ])("finds and repairs while usage is booked: $name", async ({ write, sums }) => {
    await change(test, write);
    const found = await whileBooking(() => verifySlices(test));
    expect(new Set(found.differences.map((one) => one.rollup))).toEqual(new Set(sums));
    expect(await whileBooking(() => rebuildSlices(test))).toBeGreaterThan(0);
    await fold(test);
    expect((await verifySlices(test)).differences).toEqual([]);
    expect(await rebuildSlices(test)).toBe(0);
  });

  it("repairs once when two rebuilds run at the same time", async () => {
    for (const { write } of damages.filter((damage) => !damage.name.includes("nobody"))) {
      await change(test, write);
    }
    await whileBooking(() => Promise.all([rebuildSlices(test), rebuildSlices(test)]));
    expect(await asSystem(test, (ctx) => findUsageDifferences(ctx))).toEqual([]);
    expect(await rebuildSlices(test)).toBe(0);
  });

  it("repairs while issues move between projects and a zone is added", async () => {
    const made = await Promise.all(
      ["One", "Two"].map((title) => test.alice.call(projects.create, { workspace, title })),
    );
    let isDone = false;
    const moving = (async () => {
      for (let at = 0; !isDone; at += 1) {
        const projectId = made[at % 2]?.id ?? null;
        await test.alice.call(issues.update, { workspace, issue: task.issueId, projectId });
      }
    })();
    await change(test, (tx) => tx`delete from usage_rollups where pivot = 'project'`);
    await change(test, (tx) => tx`update usage_buckets set input = input + 1 where events > 0`);
    try {
      const adding = asSystem(test, (ctx) => keepZone(ctx, "Australia/Lord_Howe"));
      expect(await whileBooking(() => rebuildSlices(test))).toBeGreaterThan(0);
      await adding;
    } finally {
      isDone = true;
      await moving;
    }
    expect(await asSystem(test, (ctx) => findUsageDifferences(ctx))).toEqual([]);
  });

  it("can be interrupted after any part: those that were done stay right", async () => {
    await change(test, (tx) => tx`delete from usage_rollups`);
    const slices = await slicesOf(test);
    for (const [at, slice] of slices.entries()) {
      await test.alice.call(books.rebuild, { workspace, ...slice });
      for (const done of slices.slice(0, at + 1)) {
        const { differences } = await test.alice.call(usage.verify, { workspace, ...done });
        expect(differences).toEqual([]);
      }
    }
    expect((await verifySlices(test)).differences).toEqual([]);
  });

  it("says the figures that differ, and writes down who repaired what", async () => {
    await change(
      test,
      (tx) => tx`update usage_buckets set output = 70 where ${tx.unsafe(oneBucket)}`,
    );
    const { differences } = await verifySlices(test);
    expect(differences).toMatchObject([
      { rollup: "usage_buckets", ledger: "output=7", stored: "output=70" },
    ]);
    await rebuildSlices(test);
    const entries = await asSystem<readonly { details: { repaired: number } }[]>(
      test,
      (ctx) => ctx.sql`
        select details from audit_entries where workspace_id = ${ctx.workspaceId}
          and action = 'usage.rebuilt' order by at desc limit 1`,
    );
    expect(entries[0]?.details).toMatchObject({ repaired: 1, differences });
  });

  it("touches nothing where a meter is gone, because its events belong to nobody", async () => {
    const move = (sign: 1 | -1) =>
      change(
        test,
        (tx) => tx`
        update usage_events set meter_id = meter_id + ${sign * 50_000}
        where event_id = (select event_id from usage_events order by used_at limit 1)`,
      );
    expect(await move(1)).toBe(1);
    const { differences } = await verifySlices(test);
    expect(new Set(differences.map((one) => one.rollup))).toEqual(
      new Set(["usage_meters", "usage_buckets", "usage_rollups"]),
    );
    await expect(rebuildSlices(test)).rejects.toMatchObject({ reason: "usage.meter_missing" });
    expect(await move(-1)).toBe(1);
    expect((await verifySlices(test)).differences).toEqual([]);
  });

  it("builds every sum from the ledger where none is left", async () => {
    await fold(test);
    for (const table of ["usage_tasks", "usage_buckets", "usage_rollups"]) {
      await change(test, (tx) => tx`delete from ${tx(table)}`);
    }
    const { ledgerEvents, differences } = await verifySlices(test);
    expect(ledgerEvents).toBe(12 + key);
    expect(differences.length).toBeGreaterThan(0);
    await rebuildSlices(test);
    expect(await asSystem(test, (ctx) => findUsageDifferences(ctx))).toEqual([]);
  });

  it("wants a part, days that are a range, and an administrator", async () => {
    await expect(test.alice.call(books.rebuild, { workspace })).rejects.toMatchObject({
      reason: "usage.part_required",
    });
    for (const part of [
      { from: "2026-11-02", to: "2026-11-02" },
      { from: "2026-11-02" },
      { from: "2020-01-01", to: "2026-01-01" },
      { metersOf: "2026-13" },
      { from: "yesterday", to: "today" },
    ]) {
      for (const route of [books.rebuild, usage.verify]) {
        await expect(test.alice.call(route, { workspace, ...part })).rejects.toMatchObject({
          code: "invalid",
        });
      }
    }
    const part = { workspace, from: "2026-11-01", to: "2026-11-02" };
    for (const route of [books.rebuild, usage.verify, books.bounds]) {
      await expect(test.bob.call(route, part)).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
