import { plural } from "../plural.ts";

/** Figures and charts. */
export const figures = {
  exactTokens: ({ exact }: { exact: string }) => `${exact} tokens`,
  exactMoney: ({ exact }: { exact: string }) => `US$ ${exact}`,
  unpriced: "unpriced",
  unpricedHint: "No price is known for this model, so nothing is booked.",
  live: "live",
  days: ({ value }: { value: number }) => `${value}d`,
  hours: ({ value }: { value: number }) => `${value}h`,
  minutes: ({ value }: { value: number }) => `${value}m`,
  seconds: ({ value }: { value: string }) => `${value}s`,
  justNow: "just now",
  other: "Other",
  partial: "so far",
  partialHint: "This bucket is still being filled.",
  total: "Total",
  noData: "Nothing was used in this range.",
  legend: "Series",
  chartHelp: "Use the arrow keys to read each bucket.",
  buckets: ({ count }: { count: number }) =>
    plural("en", count, { one: "# bucket", other: "# buckets" }),
};
