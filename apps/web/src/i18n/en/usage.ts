import { plural } from "../plural.ts";
import { usageDashboard, usagePricing } from "./usage-dashboard.ts";

/** What was used, by day, agent and model. */
export const usage = {
  dashboard: usageDashboard,
  pricing: usagePricing,
  title: "Usage",
  period: "Period",
  days: ({ count }: { count: number }) => plural("en", count, { other: "# days" }),
  measure: "Measure",
  tokens: "Tokens",
  cost: "Cost",
  tasks: "Tasks",
  view: "View",
  chart: "Chart",
  table: "Table",
  day: "Day",
  input: "Input",
  cacheRead: "Cache read",
  cacheWrite: "Cache write",
  output: "Output",
  total: "Total",
  share: "Share",
  tokensPerDay: "Tokens per day",
  costPerDay: "Cost per day",
  unitTokens: "tokens",
  unitCost: "US$",
  byAgent: "By agent",
  byModel: "By model",
  otherAgents: "Agents you may not see",
  unmanaged: "Sessions without Headcount",
  emptyTitle: "Every run is metered here",
  emptyHint:
    "Tokens and cost appear while an agent works, booked to the agent, the issue and the model.",
  emptyPeriod: "Nothing was used in this period.",
  unpricedTitle: ({ tokens }: { tokens: string }) => `${tokens} tokens have no price.`,
  unpricedHint: ({ models }: { models: string }) =>
    `No price is known for ${models}. They count as tokens, never as $0.`,
  alarmTitle: ({ count }: { count: number }) =>
    plural("en", count, {
      one: "# sum differs from the ledger.",
      other: "# sums differ from the ledger.",
    }),
  alarmHint: ({ day }: { day: string }) =>
    `Found on ${day} by the nightly comparison. Nothing that was used is lost; this sets the sums right:`,
  coverageTitle: "Some programs do not report everything.",
  coverageHint: ({ programs }: { programs: string }) =>
    `What ${programs} used may be higher than shown; each runtime says why.`,
  toRuntimes: "See runtimes",
  lastUse: "last use",
  zone: ({ zone }: { zone: string }) => `Days as in ${zone}`,
  costOfPriced: "of what has a price",
  foundTitle: ({ span, program, machine }: { span: string; program: string; machine: string }) =>
    `Found ${span} of ${program} sessions on ${machine}`,
  foundSpans: {
    day: ({ count }: { count: number }) => plural("en", count, { one: "# day", other: "# days" }),
    week: ({ count }: { count: number }) =>
      plural("en", count, { one: "# week", other: "# weeks" }),
    month: ({ count }: { count: number }) =>
      plural("en", count, { one: "# month", other: "# months" }),
    year: ({ count }: { count: number }) =>
      plural("en", count, { one: "# year", other: "# years" }),
  },
  foundRun: ({ machine }: { machine: string }) => `To bring them in, run on ${machine}:`,
  foundHint:
    "Token counts, models and times are sent, nothing of what was said. They are booked as yours, with no agent; sessions that Headcount ran are left out.",
};
