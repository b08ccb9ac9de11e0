import type { UsageKey } from "@headcount/contract/usage/query-schemas";
import type { UsageDimension } from "@headcount/contract/usage/query-words";
import { idColours, modelColours, otherColour } from "../../charts/series-colour.ts";

/** The colours of the rows of a list, as charts draw them; what has no name is grey. */
export function rowColours(
  keys: readonly (UsageKey | undefined)[],
  by: UsageDimension,
): ReadonlyMap<UsageKey | undefined, string> {
  const named = keys.filter((key) => key !== undefined).filter(({ value }) => value !== null);
  const names = named.map((key) => key.value ?? "");
  const colours = by === "model" ? modelColours(names) : idColours(names);
  return new Map(named.map((key, at) => [key, colours[at] ?? otherColour]));
}
