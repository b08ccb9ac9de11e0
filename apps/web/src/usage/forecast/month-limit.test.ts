import type { Budget } from "@headcount/contract/budgets/schemas";
import type { MoneyForecast } from "@headcount/contract/usage/forecast-schemas";
import { describe, expect, it } from "vitest";
import { limitFate, monthLimit } from "./month-limit.ts";

const window = { kind: "month", zone: "UTC", resetHour: 0, resetDay: 1 } as const;
const base: Budget = {
  id: "b" as Budget["id"],
  name: "Team month",
  scope: "workspace",
  subject: null,
  unit: "billed_usd",
  window,
  limit: "500",
  thresholds: [],
  action: "hold",
  enabled: true,
  archivedAt: null,
  revision: 1,
  createdAt: "2026-01-01T00:00:00Z",
  createdBy: null,
  status: {
    state: "ok",
    windowStartsAt: null,
    resetsAt: null,
    spent: "0",
    remaining: "500",
    percent: 0,
    thresholdsReached: [],
    holding: false,
    holdsUntil: null,
    heldTasks: 0,
    runningTasks: 0,
  },
};

describe("the limit of a month", () => {
  const project = { id: "p1", name: "Website" };
  const list: readonly Budget[] = [
    { ...base, name: "wide", limit: "900" },
    base,
    { ...base, name: "off", limit: "1", enabled: false },
    { ...base, name: "tokens", limit: "1", unit: "tokens" },
    { ...base, name: "week", limit: "1", window: { ...window, kind: "week", resetWeekday: 1 } },
    { ...base, name: "mid", limit: "1", window: { ...window, resetDay: 15 } },
    { ...base, name: "site", limit: "40", scope: "project", subject: project },
  ];

  it("is the tightest budget of calendar months that counts the very same", () => {
    expect(monthLimit(list, "billed", {})?.name).toBe("Team month");
    expect(monthLimit(list, "billed", { project: ["p1"] })?.name).toBe("site");
    expect(monthLimit(list, "billed", { project: ["p2"] })).toBeNull();
    expect(monthLimit(list, "billed", { project: ["p1", "p2"] })).toBeNull();
    expect(monthLimit(list, "billed", { project: ["p1"], model: ["m"] })).toBeNull();
    expect(monthLimit(list, "notional", {})).toBeNull();
  });

  const projected = (usd: string, highUsd = usd) => ({ usd, lowUsd: usd, highUsd });
  const forecast: MoneyForecast = {
    spentUsd: "100",
    projected: projected("400", "600"),
    reason: null,
    daysKnown: 90,
    daysNeeded: 56,
    backTest: null,
    days: [
      { date: "2026-11-28", spentUsd: "10", projected: projected("150") },
      { date: "2026-11-29", spentUsd: null, projected: projected("300") },
      { date: "2026-11-30", spentUsd: null, projected: projected("400", "600") },
    ],
  };

  it.each([
    ["90", null],
    ["250", { kind: "reached", date: "2026-11-29" }],
    ["500", { kind: "may" }],
    ["601", { kind: "kept" }],
  ])("of %s comes to %o", (limit, fate) => {
    expect(limitFate(forecast, limit)).toEqual(fate);
  });
});
