import type { Books } from "../support/books/open-books.ts";
import type { NastyRow } from "./support/nasty-row.ts";

const dayMs = 86_400_000;
const o3 = { provider: "openai", model: "o3" };

/** Books powers of two, one at each instant, so that every sum of them tells which are in it. */
async function oneBitAt(books: Books, instants: readonly string[]): Promise<void> {
  const run = await books.run();
  for (const [index, instant] of instants.entries()) {
    books.at(instant);
    await run.report([{ ...o3, key: `call ${index}`, input: 2 ** index }]);
  }
}

/** What clocks and calendars invite to miscount. */
export const rowsOfTime: readonly NastyRow[] = [
  {
    trap: "the day on which clocks go forward has 23 hours",
    elsewhere: "Days of 24 hours move an hour of usage to the wrong day for half a year.",
    seenWith: "every report that adds 24 hours or stores a zone's offset",
    startsAt: "2026-03-28T22:00:00Z",
    zone: "Europe/Berlin",
    feed: (books) =>
      oneBitAt(books, [
        "2026-03-28T22:59:59Z",
        "2026-03-28T23:00:01Z",
        "2026-03-29T00:59:59Z",
        "2026-03-29T01:00:01Z",
        "2026-03-29T21:59:59Z",
        "2026-03-29T22:00:01Z",
      ]),
    expects: {
      models: [{ ...o3, input: 63, costUsd: "0.000126" }],
      costUsd: "0.000126",
      days: { "2026-03-28": 1, "2026-03-29": 2 + 4 + 8 + 16, "2026-03-30": 32 },
    },
  },
  {
    trap: "the day on which clocks go back has 25 hours, and one hour happens twice",
    elsewhere: "The repeated hour is counted once, or the evening falls into the next day.",
    seenWith: "every report that groups by local wall-clock text",
    startsAt: "2026-10-24T21:00:00Z",
    zone: "Europe/Berlin",
    feed: (books) =>
      oneBitAt(books, [
        "2026-10-24T21:59:59Z",
        "2026-10-24T22:00:01Z",
        // 02:30, and 02:30 again
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z",
        "2026-10-25T22:59:59Z",
        "2026-10-25T23:00:01Z",
      ]),
    expects: {
      models: [{ ...o3, input: 63, costUsd: "0.000126" }],
      costUsd: "0.000126",
      days: { "2026-10-24": 1, "2026-10-25": 2 + 4 + 8 + 16, "2026-10-26": 32 },
    },
  },
  {
    trap: "a zone that moves its clocks by half an hour",
    elsewhere: "Hourly sums cannot be split at its midnight.",
    seenWith: "Australia/Lord_Howe",
    startsAt: "2026-10-03T13:00:00Z",
    zone: "Australia/Lord_Howe",
    feed: (books) =>
      oneBitAt(books, [
        "2026-10-03T13:29:59Z",
        "2026-10-03T13:30:01Z",
        "2026-10-04T12:59:59Z",
        "2026-10-04T13:00:01Z",
      ]),
    expects: {
      models: [{ ...o3, input: 15, costUsd: "0.00003" }],
      costUsd: "0.00003",
      days: { "2026-10-03": 1, "2026-10-04": 2 + 4, "2026-10-05": 8 },
    },
  },
  {
    trap: "a run over midnight in a zone of quarter hours",
    elsewhere: "The whole run is booked to the day on which it began or ended.",
    seenWith: "Codex, Claude Code and Gemini CLI, which state running totals",
    startsAt: "2026-10-14T17:50:00Z",
    zone: "Asia/Kathmandu",
    async feed(books) {
      const run = await books.run();
      const total = (input: number) => [{ ...o3, key: "total", cumulative: true, input }];
      books.at("2026-10-14T18:00:00Z");
      await run.report(total(100));
      books.at("2026-10-14T18:14:50Z");
      await run.report(total(250));
      books.at("2026-10-14T18:15:10Z");
      await run.report(total(600));
      // A figure that was overtaken changes nothing.
      await run.report(total(250));
      await run.end();
    },
    expects: {
      models: [{ ...o3, input: 600, costUsd: "0.0012" }],
      costUsd: "0.0012",
      days: { "2026-10-14": 250, "2026-10-15": 350 },
      tasks: 1,
    },
  },
  {
    trap: "records that arrive two days late, after the end of the month",
    elsewhere: "They are booked to the day of their arrival, or not at all: that month is closed.",
    seenWith: "every machine that was offline",
    startsAt: "2026-09-30T10:00:00Z",
    async feed(books) {
      const run = await books.run();
      const calls = [
        { ...o3, key: "first", input: 100 },
        { ...o3, key: "total", cumulative: true, input: 1_000 },
      ];
      books.at("2026-09-30T11:00:00Z");
      await run.report(calls.slice(0, 1));
      books.at("2026-10-02T11:00:00Z");
      await run.report(calls, 2 * dayMs);
      await run.report([{ ...o3, key: "total", cumulative: true, input: 1_300 }], dayMs);
      await run.end();
      // And the machine sends everything once more.
      await run.report(calls, 2 * dayMs + 5_000);
    },
    expects: {
      models: [{ ...o3, input: 1_400, costUsd: "0.0028" }],
      costUsd: "0.0028",
      days: { "2026-09-30": 1_100, "2026-10-01": 300 },
      tasks: 1,
    },
  },
  {
    trap: "two models in one task",
    elsewhere: "The task counts once per model, or all its tokens go to the model it ended with.",
    seenWith: "Claude Code with subagents, Codex after a reroute, /model in any of them",
    async feed(books) {
      const run = await books.run();
      await run.report([
        { key: "a", ...o3, input: 1_000 },
        { key: "b", provider: "openai", model: "gpt-5.5", input: 2_000, output: 100 },
        { key: "c", provider: "openai", model: "gpt-5.5", role: "subagent", input: 500 },
      ]);
      await run.end();
    },
    expects: {
      models: [
        { ...o3, input: 1_000, costUsd: "0.002" },
        // 2500 · 5 + 100 · 30 US dollars per million
        { provider: "openai", model: "gpt-5.5", input: 2_500, output: 100, costUsd: "0.0155" },
      ],
      costUsd: "0.0175",
      tasks: 1,
    },
  },
];
