import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usageEvents } from "@headcount/contract/usage/event-routes";
import { prices } from "@headcount/contract/usage/price-routes";
import type { UsageEventExplanation } from "@headcount/contract/usage/event-schemas";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, type RecordToReport, usageOf } from "../ledger/usage.fixture.ts";

const minuteMs = 60_000;

describe("the price of an event", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ startsAt: new Date("2026-07-29T23:00:00Z") });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  async function priced(task: AddedTask, record: RecordToReport): Promise<UsageEventExplanation> {
    const key = record.key ?? "1";
    await book(test, [usageOf(task, { ...record, key })]);
    return test.alice.call(usageEvents.explain, { workspace: "acme", event: `${task.id}/${key}` });
  }

  it("is the one in force at the time of use: before and after a change at midnight", async () => {
    const task = await addTask(test);
    test.advance(65 * minuteMs);
    const luna = { provider: "openai", model: "gpt-5.6-luna", input: 1_000_000 };
    // Reported at five past twelve: one call was made at ten to, one at one minute past.
    const before = await priced(task, {
      ...luna,
      input: 100_000,
      key: "before",
      ageMs: 15 * minuteMs,
    });
    const after = await priced(task, {
      ...luna,
      input: 100_000,
      key: "after",
      ageMs: 4 * minuteMs,
    });
    expect(before).toMatchObject({ countedUsd: "0.1" });
    expect(after).toMatchObject({ countedUsd: "0.02" });
    expect(before.parts[0]?.usedAt.slice(0, 10)).toBe("2026-07-29");
    expect(after.parts[0]?.price?.identity).toMatch(/openai\/gpt-5\.6-luna@2026-07-30$/);
  });

  it("is that of the long-context tier for a long prompt, and an estimate for a sum of prompts", async () => {
    const task = await addTask(test);
    const pro = { provider: "google", model: "gemini-2.5-pro", cacheRead: 150_000 };
    const short = await priced(task, { ...pro, key: "short", input: 50_000 });
    const long = await priced(task, { ...pro, key: "long", input: 50_001 });
    const sum = await priced(task, { ...pro, key: "sum", input: 50_001, cumulative: true });
    expect(short.parts[0]).toMatchObject({ isEstimate: false, pricedUsd: "0.08125" });
    expect(long.parts[0]).toMatchObject({ isEstimate: false, pricedUsd: "0.1625025" });
    expect(long.parts[0]?.price?.identity).toMatch(/gemini-2\.5-pro>200000$/);
    expect(sum.parts[0]).toMatchObject({ isEstimate: true, pricedUsd: "0.08125125" });
    expect(long.cacheSavedUsd).toBe("0.3375");
  });

  it("is the workspace's own from the minute at which that begins, and the catalogue's again after it", async () => {
    const task = await addTask(test);
    test.advance(30 * minuteMs);
    const ago = (minutes: number): string =>
      new Date(test.now().getTime() - minutes * minuteMs).toISOString();
    const opus = { provider: "anthropic", model: "claude-opus-4-5-20251101", input: 1_000_000 };
    const override = await test.alice.call(prices.setOverride, {
      workspace: "acme",
      provider: "anthropic",
      model: "claude-opus-4-5",
      rates: { input: "4", output: "20", cacheRead: "0.4" },
      startsAt: ago(20),
      endsAt: ago(10),
    });
    const costs: unknown[] = [];
    for (const minutes of [21, 19, 11, 9]) {
      const ageMs = minutes * minuteMs;
      const event = await priced(task, { ...opus, key: `${minutes}`, ageMs });
      costs.push([event.countedUsd, event.parts[0]?.price?.identity.split(":")[0]]);
    }
    const catalogue = expect.stringMatching(/^genai-prices-/) as unknown;
    expect(costs).toEqual([
      ["5", catalogue],
      ["4", "override"],
      ["4", "override"],
      ["5", catalogue],
    ]);
    expect(override.inForce).toBe(false);
  });

  it("is nobody else's where the model is unknown", async () => {
    const task = await addTask(test);
    const names = ["claude-opus-4-5-turbo", "claude-opus-4", "gpt-5.99", "opus"];
    for (const model of names) {
      const event = await priced(task, { key: model, provider: "anthropic", model, input: 9 });
      const isKnown = model === "claude-opus-4";
      expect([model, event.pricedUsd === null, event.unpricedTokens]).toEqual([
        model,
        !isKnown,
        isKnown ? 0 : 9,
      ]);
    }
    const { items } = await test.bob.call(prices.unpriced, { workspace: "acme" });
    expect(items.map((item) => item.model).toSorted()).toEqual([
      "claude-opus-4-5-turbo",
      "gpt-5.99",
      "opus",
    ]);
    const used = await test.bob.call(prices.list, { workspace: "acme" });
    expect(used.items.find((item) => item.model === "opus")?.price).toBeNull();
    expect(used.items.find((item) => item.model === "gemini-2.5-pro")?.price?.tiers).toMatchObject([
      { abovePromptTokens: 0, rates: { input: "1.25", output: "10", cacheWrite5m: null } },
      { abovePromptTokens: 200_000, rates: { input: "2.5", output: "15" } },
    ]);
  });
});
