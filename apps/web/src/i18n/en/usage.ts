import { plural } from "../plural.ts";

/** What was used, by day, agent and model. */
export const usage = {
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
  emptyTitle: "Every run is metered here",
  emptyHint:
    "Tokens and cost appear while an agent works, booked to the agent, the issue and the model.",
  emptyPeriod: "Nothing was used in this period.",
  unpricedTitle: ({ tokens }: { tokens: string }) => `${tokens} tokens have no price`,
  unpricedHint: ({ models }: { models: string }) =>
    `No price is known for ${models}. They count as tokens, never as $0.`,
  coverageTitle: "Some programs do not report everything",
  coverageHint: ({ programs }: { programs: string }) =>
    `What ${programs} used may be higher than shown; each runtime says why.`,
  toRuntimes: "See runtimes",
  lastUse: "last use",
  zone: ({ zone }: { zone: string }) => `Days as in ${zone}`,
  costOfPriced: "of what has a price",
};
