import { expect, test } from "vitest";
import type { UsageEstimateReply } from "@headcount/contract/usage/estimate-schemas";
import type { UsageForecastReply } from "@headcount/contract/usage/forecast-schemas";
import { makePrinter } from "../output/printer.ts";
import { printEstimate } from "./print-estimate.ts";
import { printForecast } from "./print-forecast.ts";

/** What a person sees at 80 columns. */
function shown(print: (printer: ReturnType<typeof makePrinter>) => void) {
  let text = "";
  const hints: string[] = [];
  const printer = makePrinter({
    write: (part) => {
      text += part;
    },
    hint: (hint) => hints.push(hint),
    columns: 80,
    colour: false,
    fullId: false,
    ink: "ascii",
  });
  print(printer);
  const lines = text.split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  return { lines: lines.map((line) => line.replaceAll(/ {2,}/g, " | ")), hints };
}

const said = { usd: "1204.5", lowUsd: "980.25", highUsd: "1431" };
const billed: UsageForecastReply["billed"] = {
  spentUsd: "812.35",
  projected: said,
  reason: null,
  daysKnown: 300,
  daysNeeded: 56,
  backTest: {
    checks: [{ month: "2026-10", said, cameUsd: "1100", errorPercent: 9.5, isInside: true }],
    medianErrorPercent: 9.5,
    inside: 1,
  },
  days: [{ date: "2026-11-30", spentUsd: null, projected: said }],
};
const nothing: UsageForecastReply["billed"] = {
  spentUsd: "0",
  projected: null,
  reason: "nothing_used",
  daysKnown: 0,
  daysNeeded: 56,
  backTest: null,
  days: [],
};
const month = {
  month: "2026-11",
  today: "2026-11-21",
  from: "2026-11-01T00:00:00.000Z",
  to: "2026-12-01T00:00:00.000Z",
  tz: "UTC",
  unpricedTokens: 0,
  asOf: null,
};

test("a forecast is a line per kind of money that was used, and one per month that was checked", () => {
  const { lines, hints } = shown((printer) =>
    printForecast({ ...month, billed, notional: nothing }, printer),
  );
  expect(lines).toEqual([
    "MONEY | SO FAR | BY 2026-11-30 | RANGE | OFF BEFORE | INSIDE",
    "billed | $812.35 | $1204.50 | $980.25 – $1431.00 | 9.5% | 1 of 1",
    "",
    "MONTH | SAID | RANGE | CAME | OFF | INSIDE",
    "2026-10 | $1204.50 | $980.25 – $1431.00 | $1100.00 | 9.5% | yes",
    "",
  ]);
  expect(hints).toEqual([]);
});

test("a forecast that says nothing says why", () => {
  const young = { ...nothing, spentUsd: "3", reason: "too_little_history", daysKnown: 11 } as const;
  const { hints } = shown((printer) =>
    printForecast({ ...month, billed: young, notional: nothing, unpricedTokens: 7 }, printer),
  );
  expect(hints).toEqual([
    "Too little history for a projection (billed): 11 of 56 days.",
    "Tokens without a known price: 7.",
  ]);
});

const calibration = { inside: 7, of: 10 };
const none = { usual: null, reason: "not_used", calibration: null } as const;
const estimate = {
  agentId: "a" as UsageEstimateReply["agentId"],
  agentName: "Ada",
  scope: "agent_in_project",
  tasks: 24,
  tasksNeeded: 8,
  cost: { usual: { low: "0.12", median: "0.25", high: "0.6" }, reason: null, calibration },
  notional: none,
  tokens: { usual: { low: 1_200, median: 25_000, high: 61_000 }, reason: null, calibration: null },
  runTimeMs: { usual: { low: 65_000, median: 90_000, high: 300_000 }, reason: null, calibration },
} as const satisfies UsageEstimateReply;

test("an estimate is a line per figure that is known, with what it is made from", () => {
  const { lines, hints } = shown((printer) => printEstimate(estimate, printer));
  expect(lines).toEqual([
    "FIGURE | USUALLY | RANGE | INSIDE",
    "cost | $0.250 | $0.120 – $0.600 | 7 of 10",
    "tokens | 25.0k | 1200 – 61.0k | –",
    "run time | 1m 30s | 1m 05s – 5m 00s | 7 of 10",
    "",
  ]);
  expect(hints).toEqual(["From the last 24 tasks of Ada in this project."]);
});

test("an estimate from too few tasks says how many there are", () => {
  const few = { usual: null, reason: "too_few_tasks", calibration: null } as const;
  const reply = { ...estimate, tasks: 3, cost: few, notional: few, tokens: few, runTimeMs: few };
  expect(shown((printer) => printEstimate(reply, printer))).toEqual({
    lines: [""],
    hints: ["Ada has finished 3 of the 8 tasks that it takes."],
  });
});
