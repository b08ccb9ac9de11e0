import { usageFilterNames, type UsageFilterName, type UsageFilters } from "../usage-search.ts";

/** Stands for what belongs to nothing of that sort. */
export const noneWord = "none";

type Choices = {
  readonly [Name in UsageFilterName]: readonly { readonly value: string }[] | null;
};

export type CheckedFilters = {
  /** What exists of the wanted; null while that is not known. */
  readonly filters: UsageFilters | null;
  /** What was wanted and does not exist. */
  readonly dropped: readonly { readonly name: UsageFilterName; readonly value: string }[];
};

/** Compares the filters of an address with what there is. A filter of which nothing is left is none. */
export function checkFilters(wanted: UsageFilters, choices: Choices): CheckedFilters {
  const names = usageFilterNames.filter((name) => wanted[name] !== undefined);
  if (names.some((name) => choices[name] === null)) return { filters: null, dropped: [] };
  const dropped = names.flatMap((name) =>
    (wanted[name] ?? [])
      .filter((value) => !exists(choices, name, value))
      .map((value) => ({ name, value })),
  );
  const kept = names.flatMap((name) => {
    const values = (wanted[name] ?? []).filter((value) => exists(choices, name, value));
    return values.length === 0 ? [] : [[name, values] as const];
  });
  return { filters: { ...noFilters, ...Object.fromEntries(kept) }, dropped };
}

/** Every filter taken away. */
export const noFilters: UsageFilters = {
  project: undefined,
  agent: undefined,
  runtime: undefined,
  member: undefined,
  model: undefined,
};

function exists(choices: Choices, name: UsageFilterName, value: string): boolean {
  return choices[name]?.some((choice) => choice.value === value) ?? false;
}
