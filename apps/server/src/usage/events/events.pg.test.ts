import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { usageEvents } from "@headcount/contract/usage/event-routes";
import { prices } from "@headcount/contract/usage/price-routes";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { bookImported } from "../ledger/book-imported.ts";
import { eventIdOf } from "../ledger/event-id.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";

describe("usage events", () => {
  let test: TestApp;
  beforeAll(async () => {
    // In the middle of a quarter of an hour, so that nothing below crosses into the next one.
    test = await createTestApp({ startsAt: new Date("2026-11-21T12:05:00Z") });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const explain = (event: string) =>
    test.alice.call(usageEvents.explain, { workspace: "acme", event });

  it("show the sum behind a price, by id and by key", async () => {
    const task = await addTask(test);
    const key = "1/stream/msg_01";
    const record = usageOf(task, {
      key,
      input: 1_000,
      cacheRead: 2_000,
      output: 300,
      raw: { id: 7 },
    });
    await book(test, [record]);
    const byKey = await explain(`${task.id}/${key}`);
    expect(byKey).toMatchObject({
      id: eventIdOf(task.id, `${task.id}/${key}`),
      taskId: task.id,
      agent: { id: task.agentId, name: `Agent ${task.id}`.slice(0, 60) },
      issue: { id: task.issueId },
      member: { id: test.alice.userId, name: "Alice" },
      project: null,
      reported: null,
      coverage: "unknown",
      receivedAt: expect.stringMatching(/^2026-11-21T12:05/) as unknown,
      countedUsd: "0.0027",
      cacheSavedUsd: "0.0018",
      corrections: [],
      raw: { id: 7 },
    });
    expect(byKey.issue?.name).toMatch(/^[A-Z]+-\d+ /);
    const [part] = byKey.parts;
    expect(part).toMatchObject({ basis: "priced", isEstimate: false, linesAddUp: true });
    expect(part?.price?.identity).toMatch(/^genai-prices-[\d.]+:headcount\/headcount\/tutorial$/);
    expect(part?.lines).toEqual([
      line("input", 1_000, "1", "0.001"),
      line("cacheRead", 2_000, "0.1", "0.0002"),
      line("output", 300, "5", "0.0015"),
    ]);
    expect(await explain(byKey.id)).toEqual(byKey);
  });

  it("say which figure counts when there are two, and keep the other", async () => {
    const task = await addTask(test);
    const both = { input: 1_000_000, reportedCostUsd: "0.5" } as const;
    await book(test, [
      usageOf(task, { ...both, key: "billed", reportedCostBasis: "billed" }),
      usageOf(task, { ...both, key: "estimated", reportedCostBasis: "estimated" }),
      usageOf(task, {
        ...both,
        key: "guess",
        model: "nobody-knows",
        reportedCostBasis: "estimated",
      }),
      usageOf(task, { key: "unpriced", model: "nobody-knows", input: 5 }),
    ]);
    const of = async (key: string) => {
      const { countedUsd, reported, pricedUsd, parts } = await explain(`${task.id}/${key}`);
      return [parts[0]?.basis, countedUsd, reported?.costUsd ?? null, pricedUsd];
    };
    expect(await of("billed")).toEqual(["billed", "0.5", "0.5", "1"]);
    expect(await of("estimated")).toEqual(["priced", "1", "0.5", "1"]);
    expect(await of("guess")).toEqual(["reported_estimate", "0.5", "0.5", null]);
    expect(await of("unpriced")).toEqual(["unpriced", null, null, null]);
  });

  it("keep what a correction replaced, and say when a row grew at several prices", async () => {
    const task = await addTask(test);
    await book(test, [usageOf(task, { key: "fixed", input: 10, output: 1 })]);
    await book(test, [usageOf(task, { key: "fixed", revision: 1, input: 4 })]);
    const corrected = await explain(`${task.id}/fixed`);
    expect(corrected.revision).toBe("1");
    expect(corrected.corrections).toMatchObject([
      { kind: "corrected", pricedUsd: "0.000015", tokens: { input: 10, output: 1 } },
    ]);

    const grow = async (key: string, secondsApart: number) => {
      const total = { key, cumulative: true, model: "grows", provider: "lab" };
      const price = { workspace: "acme", provider: "lab", model: "grows" };
      await test.alice.call(prices.setOverride, { ...price, rates: { input: "1", output: "1" } });
      await book(test, [usageOf(task, { ...total, input: 10 })]);
      test.advance(secondsApart * 1_000);
      await test.alice.call(prices.setOverride, { ...price, rates: { input: "3", output: "1" } });
      await book(test, [usageOf(task, { ...total, input: 15 })]);
      return explain(`${task.id}/${key}`);
    };
    const apart = await grow("apart", 5);
    expect(apart.parts).toMatchObject([{ linesAddUp: true }, { linesAddUp: true }]);
    expect(apart.pricedUsd).toBe("0.000025");
    // Both fall into one second, and so into one row, unless a second ends in between.
    let together = await grow("together", 0);
    for (let tries = 1; together.parts.length > 1 && tries < 20; tries += 1) {
      together = await grow(`together ${tries}`, 0);
    }
    expect(together.parts).toMatchObject([{ linesAddUp: false }]);
    expect(together.pricedUsd).toBe("0.000025");
  });

  it("are listed by task in the order of use, page by page", async () => {
    const task = await addTask(test);
    const ages = [5_000, 3_000, 3_000, 1_000, 9_000];
    await book(
      test,
      ages.map((ageMs, index) => usageOf(task, { key: `k${index}`, input: index + 1, ageMs })),
    );
    const seen: (string | number)[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: readonly { id: string }[]; nextCursor: string | null } =
        await test.alice.call(usageEvents.ofTask, {
          workspace: "acme",
          taskId: task.id,
          limit: 2,
          ...(cursor === null ? {} : { cursor }),
        });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const ids = ages.map((_, index) => eventIdOf(task.id, `${task.id}/k${index}`));
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(ids));
    const [only] = (
      await test.alice.call(usageEvents.ofTask, { workspace: "acme", taskId: task.id })
    ).items;
    expect(only).toMatchObject({ model: "headcount/tutorial", role: "main", isEstimate: false });
  });

  it("of a closed agent are nobody else's business", async () => {
    const agent = await test.alice.call(agents.create, { workspace: "acme", name: "Closed" });
    const access = { workspace: "acme", agentId: agent.id, access: "owner_only" } as const;
    await test.alice.call(agents.setAccess, access);
    const task = await addTask(test, { agentId: agent.id });
    await book(test, [usageOf(task, { key: "secret", input: 1 })]);
    const event = `${task.id}/secret`;
    expect((await explain(event)).agent?.name).toBe("Closed");
    const missing = { code: "not_found" };
    await expect(
      test.bob.call(usageEvents.explain, { workspace: "acme", event }),
    ).rejects.toMatchObject(missing);
    await expect(
      test.bob.call(usageEvents.ofTask, { workspace: "acme", taskId: task.id }),
    ).rejects.toMatchObject(missing);
  });

  it("that were brought in are shown to their person and to admins", async () => {
    const [body, memberId] = [
      usageOf(await addTask(test), { key: "s/1", input: 3 }).body,
      test.bob.userId,
    ];
    await test.app.runner.inWorkspace({
      workspaceId: test.workspaceId,
      mode: "write",
      request: { ipPrefix: null, userAgent: "" },
      resolveActor: async () => ({ kind: "system", job: "test" }) as const,
      run: (ctx) =>
        bookImported(ctx, [
          {
            sessionKey: ctx.newId(),
            memberId,
            usedAt: new Date(ctx.now.getTime() - 60_000),
            billingMode: "api",
            body,
          },
        ]),
    });
    const event = "test/s/1";
    expect(await explain(event)).toMatchObject({
      taskId: null,
      agent: null,
      member: { name: "Bob" },
    });
    const call = { workspace: "acme", event };
    expect((await test.bob.call(usageEvents.explain, call)).tokens.total).toBe(3);
    const carol = await test.addPerson("Carol");
    await expect(carol.call(usageEvents.explain, call)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it.each(["nothing", "0", "a/b", "019ab000-0000-7000-8000-000000000000", "%2F", "'; drop"])(
    "%s is no event",
    async (event) => {
      await expect(explain(event)).rejects.toMatchObject({ code: "not_found" });
    },
  );
});

function line(tokenClass: string, tokens: number, usdPerMillion: string, amountUsd: string) {
  return { tokenClass, tokens, usdPerMillion, amountUsd, rateOf: null };
}
