import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RepricingId } from "@headcount/contract/kit/ids";
import { usageEvents } from "@headcount/contract/usage/event-routes";
import { prices } from "@headcount/contract/usage/price-routes";
import type { Repricing } from "@headcount/contract/usage/price-schemas";
import { usage } from "@headcount/contract/usage/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { patientMs } from "@headcount/testkit/patience";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { setWorkspace } from "../../platform/database.ts";
import { book, readPivots, usageOf } from "../ledger/usage.fixture.ts";
import { rowsPerStep } from "./reprice.ts";

describe("pricing usage anew", () => {
  let test: TestApp;
  beforeAll(async () => {
    // In the middle of a quarter of an hour, so that nothing below crosses into the next one.
    test = await createTestApp({ startsAt: new Date("2026-11-21T12:05:00Z") });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const here = { workspace: "acme" };
  let models = 0;

  /** A model that no catalogue knows, with usage of a new task. */
  async function unknownModel(): Promise<{ task: AddedTask; provider: string; model: string }> {
    models += 1;
    return { task: await addTask(test), provider: "lab", model: `secret-${models}` };
  }

  function setPrice(model: string, input: string, startsAt = "2026-01-01T00:00:00Z") {
    const rates = { input, output: "2" };
    return test.alice.call(prices.setOverride, {
      ...here,
      provider: "lab",
      model,
      rates,
      startsAt,
    });
  }

  async function costOf(task: AddedTask) {
    const { total } = await test.alice.call(usage.task, { ...here, taskId: task.id });
    return [total.costUsd, total.unpricedTokens];
  }

  async function expectExact(): Promise<void> {
    expect((await readPivots(test, [])).differences).toEqual([]);
  }

  it("shows what it would change, changes it, and takes it back", async () => {
    const { task, ...model } = await unknownModel();
    await book(test, [
      usageOf(task, { ...model, key: "a", input: 1_000_000, output: 500_000 }),
      usageOf(task, { ...model, key: "b", input: 2_000_000 }),
      usageOf(task, { key: "priced", input: 1_000_000 }),
    ]);
    const filter = { ...here, model: model.model };
    expect(await test.alice.call(prices.previewReprice, filter)).toMatchObject({
      events: 0,
      examined: 2,
      byModel: [],
      withoutPrice: [{ ...model, events: 2, tokens: 3_500_000 }],
      nextCursor: null,
    });
    expect(
      (await test.bob.call(prices.unpriced, here)).items.find((one) => one.model === model.model),
    ).toMatchObject({
      ...model,
      tokens: 3_500_000,
      events: 2,
      firstUsedAt: "2026-11-21T12:00:00.000Z",
      hasPriceNow: false,
    });

    const override = await setPrice(model.model, "1");
    expect(await costOf(task)).toEqual(["1", 3_500_000]);
    const change = { events: 2, tokens: 3_500_000, costBeforeUsd: "0", costAfterUsd: "4" };
    const identity = `override:${override.id}:lab/${model.model}`;
    expect(await test.alice.call(prices.previewReprice, filter)).toMatchObject({
      ...change,
      byModel: [{ ...model, ...change, prices: [identity] }],
      withoutPrice: [],
    });
    const done = await test.alice.call(prices.reprice, filter);
    expect(done).toMatchObject({ ...change, status: "done", createdBy: test.alice.userId });
    expect(await costOf(task)).toEqual(["5", 0]);
    await expectExact();
    const event = await test.alice.call(usageEvents.explain, { ...here, event: `${task.id}/a` });
    expect(event).toMatchObject({
      countedUsd: "2",
      parts: [{ price: { identity }, basis: "priced", linesAddUp: true }],
      corrections: [{ kind: "repriced", pricedUsd: null, repricingId: done.id }],
    });
    expect(await test.alice.call(prices.previewReprice, filter)).toMatchObject({ examined: 0 });

    const undo = { ...here, repricingId: done.id };
    const undone = await test.alice.call(prices.undoReprice, undo);
    expect(undone).toMatchObject({ status: "undone", keptEvents: 0, undoneBy: test.alice.userId });
    expect(await costOf(task)).toEqual(["1", 3_500_000]);
    await expectExact();
    expect(await test.alice.call(prices.undoReprice, undo)).toEqual(undone);
    expect((await test.bob.call(prices.repricings, here)).items[0]).toEqual(undone);
    await expect(test.alice.call(prices.reprice, undo)).rejects.toMatchObject({
      code: "conflict",
      reason: "repricing.undone",
    });
    expect(await actionsOf(done)).toEqual([
      "usage.repricing_started",
      "usage.repriced",
      "usage.repricing_undone",
    ]);
  });

  it("leaves alone what has changed since when it is undone", async () => {
    const { task, ...model } = await unknownModel();
    const total = { ...model, key: "grows", cumulative: true };
    await book(test, [usageOf(task, { ...model, key: "again", input: 7 })]);
    test.advance(1_000);
    const cut = test.now().toISOString();
    await book(test, [
      usageOf(task, { ...model, key: "stays", input: 10 }),
      usageOf(task, { ...total, input: 10 }),
      usageOf(task, { ...model, key: "corrected", input: 30 }),
    ]);
    await setPrice(model.model, "0");
    const first = await test.alice.call(prices.reprice, { ...here, model: model.model });
    expect(first).toMatchObject({ events: 4, costAfterUsd: "0" });
    await book(test, [usageOf(task, { ...total, input: 15 })]);
    await book(test, [usageOf(task, { ...model, key: "corrected", revision: 1, input: 20 })]);
    await setPrice(model.model, "3", "2026-02-01T00:00:00Z");
    const again = await test.alice.call(prices.reprice, {
      ...here,
      model: model.model,
      all: true,
      to: cut,
    });
    expect(again).toMatchObject({ events: 1, costAfterUsd: "0.000021" });

    const undone = await test.alice.call(prices.undoReprice, { ...here, repricingId: first.id });
    expect(undone).toMatchObject({ keptEvents: 3, status: "undone" });
    expect(await costOf(task)).toEqual(["0.000021", 10]);
    await expectExact();
  });

  it("prices by the time of use, within the range that is asked for", async () => {
    const { task, ...model } = await unknownModel();
    await book(
      test,
      [0, 1, 2, 3].map((minutes) =>
        usageOf(task, { ...model, key: `m${minutes}`, input: 1_000_000, ageMs: 0, atMs: minutes }),
      ),
    );
    const { model: name } = model;
    const now = test.now().getTime();
    await setPrice(name, "1");
    const later = new Date(now + 3_600_000).toISOString();
    await setPrice(name, "100", later);
    const outside = { ...here, model: name, from: later };
    expect(await test.alice.call(prices.previewReprice, outside)).toMatchObject({ examined: 0 });
    expect(
      await test.alice.call(prices.reprice, { ...here, provider: "LAB", model: name }),
    ).toMatchObject({ events: 4, costAfterUsd: "4" });
    await expectExact();
  });

  it("never takes a price away, and never takes a neighbour's", async () => {
    const { task, ...model } = await unknownModel();
    await book(test, [usageOf(task, { ...model, key: "old", input: 5 })]);
    await setPrice(`${model.model}-turbo`, "1");
    expect(await test.alice.call(prices.reprice, { ...here, model: model.model })).toMatchObject({
      events: 0,
      status: "done",
    });
    const override = await setPrice(model.model, "1");
    await test.alice.call(prices.reprice, { ...here, model: model.model });
    const end = { ...here, overrideId: override.id, endsAt: override.startsAt };
    await test.alice.call(prices.endOverride, end);
    const nothing = await test.alice.call(prices.reprice, {
      ...here,
      model: model.model,
      all: true,
    });
    expect(nothing).toMatchObject({ events: 0, costAfterUsd: "0" });
    expect(await costOf(task)).toEqual(["0.000005", 0]);
  });

  it(
    "works through many rows in steps, each of which is exact",
    { timeout: patientMs(60_000) },
    async () => {
      const { task, ...model } = await unknownModel();
      const count = rowsPerStep + 10;
      const records = Array.from({ length: count }, (_, index) =>
        usageOf(task, { ...model, key: `k${index}`, input: 1 }),
      );
      for (let at = 0; at < count; at += 1_000) await book(test, records.slice(at, at + 1_000));
      await setPrice(model.model, "1");
      const filter = { ...here, model: model.model };
      expect(await test.alice.call(prices.previewReprice, filter)).toMatchObject({ events: count });
      const first = await test.alice.call(prices.reprice, filter);
      expect(first).toMatchObject({ status: "partial", events: rowsPerStep });
      await expectExact();
      const next = { ...here, repricingId: first.id };
      const second = await test.alice.call(prices.reprice, next);
      expect(second).toMatchObject({ status: "done", events: count });
      expect(await test.alice.call(prices.reprice, next)).toEqual(second);
      expect(await costOf(task)).toEqual(["0.00501", 0]);
      expect(await test.alice.call(prices.undoReprice, next)).toMatchObject({ status: "undoing" });
      await expectExact();
      expect(await test.alice.call(prices.undoReprice, next)).toMatchObject({ status: "undone" });
      expect(await costOf(task)).toEqual([null, count]);
      await expectExact();
    },
  );

  it("and booking at the same time lose nothing", async () => {
    const { task, ...model } = await unknownModel();
    const total = { ...model, key: "total", cumulative: true };
    await book(test, [usageOf(task, { ...total, input: 1 })]);
    await setPrice(model.model, "1");
    const growing = Array.from({ length: 20 }, (_, index) =>
      book(test, [usageOf(task, { ...total, input: 2 + index })]),
    );
    const repricing = Array.from({ length: 4 }, () =>
      test.alice.call(prices.reprice, { ...here, model: model.model }),
    );
    await Promise.all([...growing, ...repricing]);
    await test.alice.call(prices.reprice, { ...here, model: model.model });
    expect(await costOf(task)).toEqual(["0.000021", 0]);
    await expectExact();
  });

  it("is for admins, inside their workspace", async () => {
    const refused = { code: "forbidden", reason: "role_required" };
    await expect(test.bob.call(prices.reprice, here)).rejects.toMatchObject(refused);
    await expect(test.bob.call(prices.previewReprice, here)).rejects.toMatchObject(refused);
    const mine = await test.alice.call(prices.reprice, { ...here, model: "nothing" });
    await test.bob.call(workspaces.create, { name: "Other", slug: "other" });
    const foreign = { workspace: "other", repricingId: mine.id };
    for (const route of [prices.reprice, prices.undoReprice]) {
      await expect(test.bob.call(route, foreign)).rejects.toMatchObject({ code: "not_found" });
    }
    const repricingId = test.app.services.newId<RepricingId>();
    await expect(
      test.alice.call(prices.undoReprice, { ...here, repricingId }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      test.alice.call(prices.previewReprice, { ...here, cursor: "e30" }),
    ).rejects.toMatchObject({ reason: "cursor.invalid" });
  });

  it.each([
    ["2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z", "repricing.range_empty"],
    ["2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", "repricing.range_empty"],
    ["2026-11-02T00:00:00Z", "9999-12-31T23:59:59-14:00", "repricing.time_out_of_range"],
  ])("from %s to %s is refused", async (from, to, reason) => {
    const refused = { code: "invalid", reason };
    for (const route of [prices.previewReprice, prices.reprice]) {
      await expect(test.alice.call(route, { ...here, from, to })).rejects.toMatchObject(refused);
    }
  });

  it.each([
    { from: "0000-01-01T00:00:00Z" },
    { from: "yesterday" },
    { model: "" },
    { provider: "x".repeat(201) },
    { all: "yes" },
  ])("%j is refused", async (part) => {
    for (const route of [prices.previewReprice, prices.reprice]) {
      const refused = test.alice.call(route, { ...here, ...part } as never);
      await expect(refused).rejects.toMatchObject({ status: 422 });
    }
  });

  async function actionsOf({ id }: Repricing): Promise<string[]> {
    return test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      const rows = await tx<{ action: string }[]>`
        select action from audit_entries where target = ${id} order by id`;
      return rows.map((row) => row.action);
    });
  }
});
