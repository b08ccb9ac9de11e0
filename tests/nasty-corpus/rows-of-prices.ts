import type { NastyRow } from "./support/nasty-row.ts";

/** Names that mean claude-sonnet-4-5, as CLIs and gateways write them. */
const sameModel = [
  { provider: "anthropic", model: "claude-sonnet-4-5" },
  { provider: "anthropic", model: "anthropic/claude-sonnet-4-5" },
  { provider: "anthropic", model: "claude-sonnet-4.5" },
  { provider: "anthropic", model: "claude-sonnet-4-5-20250929" },
  { provider: "anthropic", model: "claude-sonnet-4-5-2025-09-29" },
  { provider: "anthropic", model: "claude-sonnet-4-5-latest" },
  { provider: "anthropic", model: "claude-sonnet-4-5[1m]" },
  { provider: "anthropic", model: "claude-sonnet-4-5-20250929[1m]" },
];

/** Names that begin like one with a price, and names of models that nobody sells. */
const noPrice = [
  { provider: "anthropic", model: "claude-sonnet-4-5-turbo" },
  { provider: "openai", model: "gpt-5.5-imaginary" },
  { provider: "openai", model: "gpt-5.55" },
  { provider: "ollama", model: "claude-sonnet-4-5" },
  { provider: "acme", model: "in-house-7b" },
];

/** What names and price lists invite to miscount. */
export const rowsOfPrices: readonly NastyRow[] = [
  {
    trap: "one model under names with a provider, a date, dots or a tag",
    elsewhere: "Decorated names find no price and count as free.",
    seenWith: "OpenCode (provider/), Claude Code (date and [1m]), OpenRouter (dots)",
    async feed(books) {
      const run = await books.run();
      await run.report(
        sameModel.map((name, index) => ({ ...name, key: `${index}`, input: 1_000 })),
      );
    },
    expects: {
      models: sameModel.map((name) => ({ ...name, input: 1_000, costUsd: "0.003" })),
      costUsd: "0.024",
    },
  },
  {
    trap: "models that nobody has a price for",
    elsewhere: "They count as $0, or at the price of a neighbour with a similar name.",
    seenWith: "every new model on its first day; local models",
    async feed(books) {
      const run = await books.run();
      await run.report(
        noPrice.map((name, index) => ({ ...name, key: `${index}`, input: 70, output: 7 })),
      );
    },
    expects: {
      models: noPrice.map((name) => ({
        ...name,
        input: 70,
        output: 7,
        costUsd: null,
        unpricedTokens: 77,
      })),
      costUsd: null,
    },
  },
  {
    trap: "a price that changes at midnight",
    elsewhere: "Everything is priced as of the day of the report, or as of the task's start.",
    seenWith: "gemini-3.6-flash, whose price doubles with the year 2027",
    startsAt: "2026-12-31T23:40:00Z",
    async feed(books) {
      const call = { provider: "google", model: "gemini-3.6-flash", input: 1_000_000 };
      const total = { ...call, key: "total", cumulative: true };
      const run = await books.run();
      books.at("2026-12-31T23:59:59.500Z");
      await run.report([{ ...call, key: "before" }, total]);
      books.at("2027-01-01T00:00:00.500Z");
      await run.report([
        { ...call, key: "after" },
        { ...total, input: 1_500_000 },
      ]);
      // Used before midnight, reported after it.
      await run.report([{ ...call, key: "late" }], 60_000);
    },
    expects: {
      models: [
        {
          provider: "google",
          model: "gemini-3.6-flash",
          input: 4_500_000,
          // 0.75 before, for the late one and for the total so far; 1.5 after and for its growth.
          costUsd: "4.5",
        },
      ],
      costUsd: "4.5",
      days: { "2026-12-31": 3_000_000, "2027-01-01": 1_500_000 },
    },
  },
  {
    trap: "a long prompt that costs more per token, cached tokens included",
    elsewhere: "The flat price is used, or running totals are taken for one huge prompt.",
    seenWith: "Gemini 2.5 Pro and Claude Sonnet 4.5 above 200,000 tokens",
    async feed(books) {
      const call = { provider: "google", model: "gemini-2.5-pro" };
      const run = await books.run();
      await run.report([
        { ...call, key: "at the limit", input: 200_000, output: 100 },
        { ...call, key: "above it", input: 200_001, output: 100 },
        { ...call, key: "above it with the cache", input: 150_000, cacheRead: 60_000 },
      ]);
      for (const input of [100_000, 200_000, 300_000]) {
        await run.report([{ ...call, key: "small calls", cumulative: true, input }]);
      }
    },
    expects: {
      models: [
        {
          provider: "google",
          model: "gemini-2.5-pro",
          input: 200_000 + 200_001 + 150_000 + 300_000,
          cacheRead: 60_000,
          output: 200,
          // 0.251 + 0.5015025 + 0.39 + 0.375
          costUsd: "1.5175025",
        },
      ],
      costUsd: "1.5175025",
    },
  },
  {
    trap: "a bill, an estimate of the CLI and a price of our own for the same call",
    elsewhere: "They are added up, or the CLI's guess wins over what was charged.",
    seenWith: "Claude Code, OpenCode and pi (estimates), Grok and OpenRouter (bills)",
    async feed(books) {
      const call = { provider: "openai", model: "o3", input: 1_000 };
      const unknown = { provider: "acme", model: "in-house-7b", input: 1_000 };
      const estimate = { reportedCostUsd: "0.5", reportedCostBasis: "estimated" } as const;
      const bill = { reportedCostUsd: "0.25", reportedCostBasis: "billed" } as const;
      const run = await books.run();
      await run.report([
        { ...call, key: "billed", ...bill },
        { ...call, key: "estimated", ...estimate },
        { ...unknown, key: "only estimated", ...estimate },
        { ...unknown, key: "only billed", ...bill },
      ]);
    },
    expects: {
      models: [
        { provider: "openai", model: "o3", input: 2_000, costUsd: "0.252" },
        { provider: "acme", model: "in-house-7b", input: 2_000, costUsd: "0.75" },
      ],
      costUsd: "1.002",
    },
  },
  {
    trap: "an estimate of the whole run that comes after its tokens, in a later quarter of an hour",
    elsewhere: "The estimate counts as further cost beside the price of the tokens.",
    seenWith: "Claude Code, whose result states the cost of everything before it",
    startsAt: "2026-10-14T09:00:00Z",
    async feed(books) {
      const total = { provider: "openai", model: "o3", key: "total", cumulative: true };
      const run = await books.run();
      await run.report([{ ...total, input: 1_000 }]);
      books.at("2026-10-14T09:40:00Z");
      const stated = { reportedCostUsd: "0.007", reportedCostBasis: "estimated" } as const;
      await run.report([{ ...total, input: 1_000, ...stated }]);
    },
    expects: {
      models: [{ provider: "openai", model: "o3", input: 1_000, costUsd: "0.002" }],
      costUsd: "0.002",
    },
  },
  {
    trap: "five-minute and one-hour cache writes, and reads, at prices of their own",
    elsewhere: "All writes cost the same, or a cached token costs as much as a fresh one.",
    seenWith: "Anthropic",
    async feed(books) {
      const run = await books.run();
      await run.report([
        { input: 1_000, cacheRead: 10_000, cacheWrite5m: 2_000, cacheWrite1h: 3_000, output: 400 },
      ]);
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-4-5",
          input: 1_000,
          cacheRead: 10_000,
          cacheWrite5m: 2_000,
          cacheWrite1h: 3_000,
          output: 400,
          // 0.003 + 0.003 + 0.0075 + 0.018 + 0.006
          costUsd: "0.0375",
        },
      ],
      costUsd: "0.0375",
    },
  },
];
