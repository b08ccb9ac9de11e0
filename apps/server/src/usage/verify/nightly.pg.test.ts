import { books } from "@headcount/contract/usage/books-routes";
import { server } from "@headcount/contract/server/routes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { change, keepBooks, rebuildSlices } from "./books.fixture.ts";

const workspace = "acme";

describe("the nightly comparison with the ledger", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
    await keepBooks(test);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const yesterday = (): string =>
    new Date(test.now().getTime() - 24 * 3_600_000).toISOString().slice(0, 10);
  const alarm = async () => (await test.alice.call(books.verification, { workspace })).verification;
  const doctorLine = async () => {
    const { checks } = await test.alice.call(server.doctor, {});
    return checks.find((check) => check.name === "usage books");
  };

  it("keeps that nothing differs", async () => {
    expect(await alarm()).toBeNull();
    await test.app.jobs.runNow("usage.verify");
    expect(await alarm()).toMatchObject({ fromDay: yesterday(), differences: 0, keys: [] });
    expect(await doctorLine()).toMatchObject({ ok: true });
  });

  it("raises an alarm that administrators see, until it is repaired", async () => {
    const day = yesterday();
    const damaged = await change(
      test,
      (tx) => tx`
        update usage_rollups set output = output + 1
        where tier = 1 and events > 0 and (bucket_at at time zone 'UTC')::date = ${day}::date`,
    );
    expect(damaged).toBeGreaterThan(0);
    await test.app.jobs.runNow("usage.verify");
    const raised = await alarm();
    expect(raised).toMatchObject({ fromDay: day, differences: damaged });
    expect(raised?.keys[0]).toContain("usage_rollups");
    const line = await doctorLine();
    expect(line).toMatchObject({ ok: false, fix: expect.stringContaining("usage rebuild") });
    expect(line?.detail).toContain(`acme: ${damaged} sums of ${day}`);
    await expect(test.bob.call(books.verification, { workspace })).rejects.toMatchObject({
      code: "forbidden",
    });

    await rebuildSlices(test);
    expect(await alarm()).toMatchObject({ fromDay: day, differences: 0 });
    expect(await doctorLine()).toMatchObject({ ok: true });
  });

  it("sees a meter that shows something else than its events", async () => {
    await change(test, (tx) => tx`update usage_meters set output = 0 where output > 0`);
    await test.app.jobs.runNow("usage.verify");
    expect((await alarm())?.keys).toEqual([expect.stringContaining("usage_meters")]);
    await rebuildSlices(test);
    expect((await alarm())?.differences).toBe(0);
  });
});
