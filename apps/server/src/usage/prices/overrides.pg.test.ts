import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PriceOverrideId } from "@headcount/contract/kit/ids";
import { prices } from "@headcount/contract/usage/price-routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { priceEvent, type PricedUsage } from "@headcount/domain/usage/price-event";
import { shippedPriceBook } from "@headcount/domain/usage/shipped-price-book";
import { zeroTokens } from "@headcount/domain/usage/token-counts";
import { setWorkspace } from "../../platform/database.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { readPriceBook } from "./read-price-book.ts";

const hourMs = 3_600_000;

describe("prices of a workspace's own", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const rates = { input: "0.5", output: "2" };
  const local = { workspace: "acme", provider: "Ollama", model: "Qwen3:32b", rates };

  function readBook() {
    return test.app.runner.inWorkspace({
      workspaceId: test.workspaceId,
      mode: "read",
      request: { ipPrefix: null, userAgent: "" },
      resolveActor: async () => ({ kind: "system", job: "test" }) as const,
      run: readPriceBook,
    });
  }

  async function priceAt(at: Date, model: string): Promise<PricedUsage> {
    const { value: book } = await readBook();
    const tokens = { ...zeroTokens, input: 1n };
    return priceEvent(book, { provider: "ollama", model, at, tokens, calls: "one" });
  }

  it("are the catalogue's while there is none", async () => {
    expect((await readBook()).value).toBe(shippedPriceBook);
  });

  it("hold from the commit on, are dated, audited and told", async () => {
    expect(await priceAt(test.now(), "qwen3:32b")).toEqual({ unpriced: true });
    const set = await test.alice.call(prices.setOverride, { ...local, note: "our own machine" });
    expect(set).toMatchObject({
      provider: "ollama",
      model: "qwen3:32b",
      rates: { input: "0.5", output: "2", cacheRead: null, reasoning: null },
      note: "our own machine",
      inForce: true,
      endsAt: null,
      createdBy: test.alice.userId,
    });
    expect(await priceAt(test.now(), "qwen3:32b")).toMatchObject({
      costPico: 500_000n,
      priceId: `override:${set.id}:ollama/qwen3:32b`,
    });
    const before = new Date(test.now().getTime() - hourMs);
    expect(await priceAt(before, "qwen3:32b")).toEqual({ unpriced: true });

    test.advance(hourMs);
    const ended = await test.alice.call(prices.endOverride, {
      workspace: "acme",
      overrideId: set.id,
    });
    expect(ended).toMatchObject({ inForce: false, endedBy: test.alice.userId });
    expect(await priceAt(test.now(), "qwen3:32b")).toEqual({ unpriced: true });
    const during = new Date(test.now().getTime() - hourMs / 2);
    expect(await priceAt(during, "qwen3:32b")).toMatchObject({ costPico: 500_000n });

    const told = await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      return {
        audit: await tx`select action from audit_entries where target = ${set.id} order by id`,
        changes: await tx`select type from changes where entity_id = ${set.id} order by seq`,
      };
    });
    expect(told.audit.map((row) => row["action"])).toEqual(["price.set", "price.ended"]);
    expect(told.changes.map((row) => row["type"])).toEqual(["price.set", "price.ended"]);
  });

  it("set by another process count at once, and one that is rolled back never", async () => {
    const model = "from-elsewhere";
    await readBook();
    const write = async (run: (tx: Parameters<Parameters<typeof pool.begin>[1]>[0]) => unknown) =>
      pool.begin("", async (tx) => {
        await setWorkspace(tx, test.workspaceId);
        const [row] = await tx<{ next: number }[]>`
          select max(revision) + 1 as next from usage_price_overrides`;
        await tx`
          insert into usage_price_overrides (workspace_id, id, revision, provider, model, input,
            output, starts_at, note, created_at)
          values (${test.workspaceId}, ${test.app.services.newId()}, ${row?.next ?? 1}, 'ollama',
            ${model}, 7, 7, '2026-01-01', '', now())`;
        await run(tx);
      });
    const { pool } = test.app.database;
    const lost = write(async (tx) => {
      const book = await readPriceBook({
        sql: tx,
        workspaceId: test.workspaceId,
        services: test.app.services,
      });
      expect(book).not.toBe(shippedPriceBook);
      throw new Error("rolled back");
    });
    await expect(lost).rejects.toThrow("rolled back");
    expect(await priceAt(test.now(), model)).toEqual({ unpriced: true });
    await write(() => undefined);
    expect(await priceAt(test.now(), model)).toMatchObject({ costPico: 7n });
  });

  it("are read by members and changed by admins only, inside their workspace", async () => {
    const admin = await test.addPerson("Ada", "admin");
    const set = await admin.call(prices.setOverride, { ...local, model: "mine" });
    const seen = await test.bob.call(prices.overrides, { workspace: "acme" });
    expect(seen.items[0]).toEqual(set);
    const refused = { code: "forbidden", reason: "role_required" };
    await expect(test.bob.call(prices.setOverride, local)).rejects.toMatchObject(refused);
    const ending = { workspace: "acme", overrideId: set.id };
    await expect(test.bob.call(prices.endOverride, ending)).rejects.toMatchObject(refused);

    await test.bob.call(workspaces.create, { name: "Other", slug: "other" });
    const elsewhere = { workspace: "other", overrideId: set.id };
    await expect(test.bob.call(prices.endOverride, elsewhere)).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await test.bob.call(prices.overrides, { workspace: "other" })).toEqual({ items: [] });
    await expect(
      test.alice.call(prices.endOverride, {
        workspace: "acme",
        overrideId: test.app.services.newId<PriceOverrideId>(),
      }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("end once, not before they start, and one that has not begun never begins", async () => {
    const startsAt = new Date(test.now().getTime() + hourMs).toISOString();
    const coming = await test.alice.call(prices.setOverride, { ...local, model: "soon", startsAt });
    expect(coming.inForce).toBe(false);
    const call = { workspace: "acme", overrideId: coming.id };
    const tooEarly = { ...call, endsAt: test.now().toISOString() };
    await expect(test.alice.call(prices.endOverride, tooEarly)).rejects.toMatchObject({
      reason: "price_override.period_empty",
    });
    const ended = await test.alice.call(prices.endOverride, call);
    expect(ended.endsAt).toBe(startsAt);
    test.advance(2 * hourMs);
    expect(await priceAt(test.now(), "soon")).toEqual({ unpriced: true });
    await expect(test.alice.call(prices.endOverride, call)).rejects.toMatchObject({
      code: "conflict",
      reason: "price_override.already_ended",
    });
  });

  it.each([
    ["no price at all", { rates: { input: "", output: "1" } }],
    ["a negative price", { rates: { input: "-1", output: "1" } }],
    ["a finer price than a pico-dollar", { rates: { input: "0.0000001", output: "1" } }],
    ["a price that no event could pay", { rates: { input: "10000.01", output: "1" } }],
    ["a number instead of a text", { rates: { input: 1 as unknown as string, output: "1" } }],
    ["no name", { model: " " }],
    ["a time before any calendar", { startsAt: "0000-01-01T00:00:00Z" }],
    ["a time after all of them", { endsAt: "9999-12-31T23:59:59-14:00" }],
    [
      "an end before its start",
      { startsAt: "2026-02-02T00:00:00Z", endsAt: "2026-02-01T00:00:00Z" },
    ],
  ])("are refused with %s", async (_, part) => {
    await expect(test.alice.call(prices.setOverride, { ...local, ...part })).rejects.toMatchObject({
      status: 422,
    });
  });
});
