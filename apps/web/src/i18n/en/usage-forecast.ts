import { plural } from "../plural.ts";

/** What the month comes to by its end, and what a task usually takes. */
export const usageForecast = {
  title: "This month",
  money: "Money of this month",
  shownAs: "Chart or table of this month",
  billed: "Billed",
  notional: "List price",
  soFar: "So far",
  byEnd: ({ date }: { date: string }) => `By ${date}, about`,
  range: ({ low, high }: { low: string; high: string }) => `${low} – ${high}`,
  rangeHint: "Eight of ten months are expected to end inside of it",
  offBefore: ({ count }: { count: number }) =>
    plural("en", count, {
      one: "Off by, same day of last month",
      other: "Off by, same day of the last # months",
    }),
  offHint: "What would have been said on this day of past months, against what came: the median",
  inside: ({ inside, count }: { inside: number; count: number }) =>
    `${inside} of ${count} inside the range`,
  unchecked: "Not checked yet: no past month has enough days before it",
  reason: {
    nothing_used: "Nothing was used in the last half year, so there is nothing to go by.",
    unpriced: "Nothing of what was used has a price. Set one, and this says what the month costs.",
  },
  tooLittle: ({ known, needed }: { known: number; needed: number }) =>
    plural("en", needed - known, {
      one: `A projection needs ${needed} days of history and has ${known}: one more day.`,
      other: `A projection needs ${needed} days of history and has ${known}: # more days.`,
    }),
  unpriced: ({ tokens }: { tokens: string }) => `${tokens} tokens without a price are in neither.`,
  chart: ({
    spent,
    total,
    date,
    low,
    high,
  }: Record<"spent" | "total" | "date" | "low" | "high", string>) =>
    `${spent} so far, about ${total} by ${date}, between ${low} and ${high}`,
  limit: ({ name, limit }: { name: string; limit: string }) => `${name}: ${limit}`,
  limitReached: ({ name, date }: { name: string; date: string }) =>
    `If it goes on like this, ${name} is used up on ${date}.`,
  limitMay: ({ name }: { name: string }) =>
    `If it goes on like this, ${name} lasts the month; the upper end of the range lies above it.`,
  limitKept: ({ name }: { name: string }) => `${name} lasts the month, also at the upper end.`,
  spent: "Spent",
  projected: "Projected",
  days: "Days of the month",
  day: "Day",
  ofDay: "On the day",
  sumSoFar: "Sum",
  sumProjected: "Projected sum",
  sumRange: "Range",
  checks: "Past months",
  month: "Month",
  said: "Would have said",
  came: "Came",
  off: "Off",
  isInside: "Inside",
  yes: "yes",
  no: "no",
  method:
    "Each coming day counts as the same day of past weeks, newer weeks the heavier. Past months are judged from the days before only.",

  estimate: {
    next: "Next task",
    usually: ({ low, high }: { low: string; high: string }) => `usually ${low}–${high}`,
    alike: ({ value }: { value: string }) => `usually ${value}`,
    inside: ({ inside, of }: { inside: number; of: number }) => `${inside} of ${of} inside`,
    notYetChecked: "not checked yet",
    listPrice: "list price",
    tooFew: ({ tasks, needed }: { tasks: number; needed: number }) =>
      `no estimate yet: ${tasks} of ${needed} tasks finished`,
    hintAgent: ({
      agent,
      tasks,
      median,
      time,
    }: Record<"agent" | "median" | "time", string> & { tasks: number }) =>
      `From the last ${tasks} tasks of ${agent}: half of them took up to ${median} and ${time}. Inside tells how many of the latest came out within the range known before them.`,
    hintProject: ({
      agent,
      tasks,
      median,
      time,
    }: Record<"agent" | "median" | "time", string> & { tasks: number }) =>
      `From the last ${tasks} tasks of ${agent} in this project: half of them took up to ${median} and ${time}. Inside tells how many of the latest came out within the range known before them.`,
  },
};
