import { UsdPerMillion } from "@headcount/contract/usage/price-schemas";
import type { TypedRates } from "@headcount/domain/usage/estimate-price";

export const noRates: TypedRates = {
  input: "",
  cacheRead: "",
  cacheWrite5m: "",
  cacheWrite1h: "",
  output: "",
};

/** Rates that cannot be left out. */
const needed = ["input", "output"] as const;

export type RateName = keyof TypedRates;

/** Which of the typed rates are no prices; an empty one is none only where it is needed. */
export function faultyRates(typed: TypedRates): readonly RateName[] {
  return (Object.keys(noRates) as RateName[]).filter((name) => {
    const value = typed[name].trim();
    if (value === "") return needed.some((one) => one === name);
    return !UsdPerMillion.safeParse(value).success;
  });
}

/** As the API takes them. */
export function toRates(typed: TypedRates) {
  const optional = (value: string) => (value.trim() === "" ? null : value.trim());
  return {
    input: typed.input.trim(),
    output: typed.output.trim(),
    cacheRead: optional(typed.cacheRead),
    cacheWrite5m: optional(typed.cacheWrite5m),
    cacheWrite1h: optional(typed.cacheWrite1h),
    reasoning: null,
  };
}
