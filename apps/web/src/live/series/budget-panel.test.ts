import type { Budget } from "@headcount/contract/budgets/schemas";
import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { describe, expect, it } from "vitest";
import { catalogue as english } from "../../i18n/en/catalogue.ts";
import { catalogue as chinese } from "../../i18n/zh-Hans/catalogue.ts";
import { Revisions } from "../revisions.ts";
import { budgetPanel } from "./budget-panel.ts";
import type { ShownBudget } from "./shown-budget.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const noon = Date.UTC(2026, 10, 18, 12);
const instant = (ms: number): string => new Date(ms).toISOString();

/** What one quarter of an hour costs after the other; null has no price. */
function reply(fromMs: number, costs: readonly (string | null)[]): LiveSeriesReply {
  const toMs = fromMs + costs.length * 15 * minuteMs;
  const times = {
    bucket: "15min" as const,
    startsAt: costs.map((_, at) => instant(fromMs + at * 15 * minuteMs)),
    endsAt: instant(toMs),
  };
  return {
    from: instant(fromMs),
    to: instant(toMs),
    sums: { times, series: [{ metric: "cost", values: [...costs], total: null }] },
    levels: { times, series: [] },
    since: null,
    tz: "UTC",
    comparison: null,
    marks: [],
    hiddenMarks: 0,
    partialFrom: null,
    levelsAre: "filtered",
    asOf: instant(toMs),
  };
}

function budget(fields: Pick<Budget, "window">): ShownBudget {
  return {
    id: "b" as Budget["id"],
    name: "Five hours",
    scope: "workspace",
    subject: null,
    unit: "billed_usd",
    limit: "6",
    thresholds: [],
    action: "notify",
    enabled: true,
    archivedAt: null,
    revision: 1,
    createdAt: instant(noon),
    createdBy: null,
    status: {
      state: "open" as Budget["status"]["state"],
      windowStartsAt: null,
      resetsAt: null,
      spent: "0.3",
      remaining: "5.7",
      percent: 5,
      thresholdsReached: [],
      holding: false,
      holdsUntil: null,
      heldTasks: 0,
      runningTasks: 0,
    },
    ...fields,
  };
}

const rolling = budget({ window: { kind: "rolling_5h" } });
const lead = reply(noon - 5 * hourMs, ["0.1", "0.2", ...Array.from({ length: 18 }, () => "0")]);
const shown = reply(noon, ["0.3", null, "0", "0"]);

const panelOf = (of: ShownBudget, before: LiveSeriesReply | null, text = english) =>
  budgetPanel({
    known: { reply: shown, lead: before, heard: new Revisions().heard() },
    budget: of,
    text,
    height: 100,
  });

describe("the panel of a budget of five rolling hours", () => {
  it("draws against its limit what was spent in the five hours before each point", () => {
    const { series, limit } = panelOf(rolling, lead);
    // 0.1 and 0.2 go out as the clock moves; what has no price is not known.
    expect(series[0]?.values).toEqual([0.5, null, 0.3, 0.3]);
    expect(limit?.value).toBe(6);
  });

  it("has no reset and no straight way to one, and says so in words", () => {
    const { series, limit } = panelOf(rolling, lead);
    expect(limit?.resetsAtMs).toEqual([]);
    expect(limit?.projection).toBeUndefined();
    expect(limit?.label).toBe("Limit $6.00 in any five hours");
    expect(limit?.note).toMatch(/^There is no reset/);
    expect(series[0]?.label).toBe("Spent in the five hours before");
    expect(panelOf(rolling, lead, chinese).limit?.note).toMatch(/^不会重置/);
  });

  it("draws nothing of which the five hours before are not known", () => {
    expect(panelOf(rolling, null).series[0]?.values).toEqual([null, null, null, null]);
  });

  it("leaves budgets of the calendar as they are: with resets, without that sentence", () => {
    const day = budget({ window: { kind: "day", zone: "UTC", resetHour: 12 } });
    const { series, limit } = panelOf(day, null);
    expect(series[0]?.values).toEqual([0.3, null, 0.3, 0.3]);
    expect(limit?.resetsAtMs).toEqual([noon, noon + 24 * hourMs]);
    expect(limit?.note).toBeUndefined();
  });
});
