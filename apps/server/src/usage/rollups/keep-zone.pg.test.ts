import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../../platform/context.ts";
import { asSystem } from "../../testing/as-system.ts";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { findUsageDifferences } from "../verify/find-differences.ts";
import { readKeptZones } from "./day-tiers.ts";
import { foldWholeTail } from "./fold-tail.ts";
import { isWorthKeeping, keepZone, mostKeptZones } from "./keep-zone.ts";

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp();
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
});

const within = <T>(run: (ctx: WorkspaceContext) => Promise<T>, daysLater = 0): Promise<T> =>
  asSystem(test, (ctx) =>
    run({ ...ctx, now: new Date(ctx.now.getTime() + daysLater * 24 * 3_600_000) }),
  );

const zoneNames = async (): Promise<string[]> =>
  (await within(readKeptZones)).map(({ zone }) => zone);

describe("zones whose days are kept", () => {
  it("keep their place while people ask in them, and give it up when nobody has for a month", async () => {
    await book(test, [usageOf(await addTask(test), { input: 7 })]);
    await within(foldWholeTail);
    const zones = Intl.supportedValuesOf("timeZone").slice(0, mostKeptZones + 1);
    const late = zones.at(-1) ?? "";
    for (const zone of zones.slice(0, mostKeptZones)) await within((ctx) => keepZone(ctx, zone));
    await within((ctx) => keepZone(ctx, late));
    expect(await zoneNames()).toEqual(zones.slice(0, mostKeptZones));
    await within((ctx) => keepZone(ctx, zones[0] ?? ""), 20);
    await within((ctx) => keepZone(ctx, late), 31);
    expect(await zoneNames()).toEqual([...zones.slice(0, 1), ...zones.slice(2)]);
    expect(await within((ctx) => findUsageDifferences(ctx))).toEqual([]);
  });

  it("are worth a thought once a day, or when there is room", () => {
    const now = new Date("2026-11-21T12:00:00Z");
    const asked = (tier: number, at: string) => ({
      tier,
      zone: `Zone/${tier}`,
      lastAskedAt: new Date(at),
    });
    const today = asked(2, "2026-11-21T01:00:00Z");
    expect(isWorthKeeping([today], "Zone/2", now)).toBe(false);
    expect(isWorthKeeping([asked(2, "2026-11-19T01:00:00Z")], "Zone/2", now)).toBe(true);
    expect(isWorthKeeping([today], "Zone/3", now)).toBe(true);
    const full = Array.from({ length: mostKeptZones }, (_, index) =>
      asked(index + 2, "2026-11-20T01:00:00Z"),
    );
    expect(isWorthKeeping(full, "Elsewhere", now)).toBe(false);
    expect(isWorthKeeping([...full, asked(99, "2026-10-01T01:00:00Z")], "Elsewhere", now)).toBe(
      true,
    );
  });
});
