import type { UsageEventListItem } from "@headcount/contract/usage/event-schemas";

/** The disjoint classes of a call's tokens, in the order of a prompt, each with its colour. */
export const callClasses = [
  { name: "cacheRead", colour: "var(--series-1)" },
  { name: "cacheWrite", colour: "var(--series-4)" },
  { name: "input", colour: "var(--series-3)" },
  { name: "output", colour: "var(--series-2)" },
] as const;
export type CallClass = (typeof callClasses)[number]["name"];

/** Tokens of one class, for drawing. */
export function tokensOf({ tokens }: UsageEventListItem, name: CallClass): number {
  if (name === "cacheWrite") return Number(tokens.cacheWrite5m) + Number(tokens.cacheWrite1h);
  return Number(tokens[name]);
}

/** Tells calls apart: increases of one running total share their event. */
export const callKey = ({ id, part }: UsageEventListItem): string => `${id} ${part}`;
