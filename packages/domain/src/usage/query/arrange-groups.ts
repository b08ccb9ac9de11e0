import type { UsageKeyKind } from "@headcount/contract/usage/schemas";
import type { UsageGrouping, UsageMetric } from "@headcount/contract/usage/query-words";
import { amountOf, type Measured, sumMeasured } from "./measures.ts";

/** What a group stands for in one grouping. */
export type GroupKey = { readonly kind: UsageKeyKind; readonly value: string | null };

/** Figures of one row; `keys` in the order of the groupings. */
export type Group = { readonly keys: readonly GroupKey[]; readonly measured: Measured };

/** Groupings that have an order and an end of their own; rows are never left out along them. */
const axes: ReadonlySet<UsageGrouping> = new Set(["time", "hour", "weekday"]);

export const isAxis = (grouping: UsageGrouping): boolean => axes.has(grouping);

const other: GroupKey = { kind: "other", value: null };

/** Groups with the same keys as one. */
export function mergeGroups(groups: readonly Group[]): readonly Group[] {
  const same = Map.groupBy(groups, (group) => keyText(group.keys));
  if (same.size === groups.length) return groups;
  return [...same.values()].flatMap((list) => {
    const [first] = list;
    if (!first || list.length === 1) return list;
    return [{ keys: first.keys, measured: sumMeasured(list.map((one) => one.measured)) }];
  });
}

export type Limit = { readonly most: number; readonly by: UsageMetric };

/**
 * Keeps the largest things by a metric over the whole range; what is left out becomes one thing
 * `other`, at every place of an axis, so that nothing is missing from a sum.
 */
export function limitGroups(
  groups: readonly Group[],
  groupBy: readonly UsageGrouping[],
  limit: Limit,
): readonly Group[] {
  const thingOf = (group: Group): string =>
    keyText(group.keys.filter((_, at) => !isAxisAt(groupBy, at)));
  const things = Map.groupBy(groups, thingOf);
  things.delete(keyText(groupBy.flatMap((grouping) => (isAxis(grouping) ? [] : [other]))));
  if (things.size <= limit.most) return groups;
  const ranked = [...things]
    .map(([thing, list]) => {
      const measured = sumMeasured(list.map((group) => group.measured));
      return [thing, amountOf(limit.by, measured)] as const;
    })
    .toSorted(([a, left], [b, right]) => compareAmounts(right, left) || compareText(a, b));
  const kept = new Set(ranked.slice(0, limit.most).map(([thing]) => thing));
  return mergeGroups(
    groups.map((group) =>
      kept.has(thingOf(group))
        ? group
        : { ...group, keys: group.keys.map((key, at) => (isAxisAt(groupBy, at) ? key : other)) },
    ),
  );
}

function isAxisAt(groupBy: readonly UsageGrouping[], at: number): boolean {
  const grouping = groupBy[at];
  return grouping !== undefined && isAxis(grouping);
}

export type LabelledGroup = Group & { readonly labels: readonly string[] };

/** `null` is the usual order: along the axis where there is one, then the largest first. */
export type GroupOrder = {
  readonly by: UsageMetric | "key";
  readonly direction: "up" | "down";
} | null;

/** Puts rows in order; `other` comes last wherever sizes decide. */
export function orderGroups<One extends LabelledGroup>(
  groups: readonly One[],
  groupBy: readonly UsageGrouping[],
  order: GroupOrder,
  usual: UsageMetric,
): readonly One[] {
  const { by, direction } = order ?? { by: usual, direction: "down" };
  const turn = direction === "up" ? 1 : -1;
  return groups.toSorted((a, b) => {
    const alongAxis = order === null || by === "key" ? compareKeys(a, b, groupBy, "axes") : 0;
    if (by === "key") return turn * (alongAxis || compareKeys(a, b, groupBy, "things"));
    return (
      alongAxis ||
      Number(hasOther(a)) - Number(hasOther(b)) ||
      turn * compareAmounts(amountOf(by, a.measured), amountOf(by, b.measured)) ||
      compareKeys(a, b, groupBy, "all")
    );
  });
}

const hasOther = (group: Group): boolean => group.keys.some((key) => key.kind === "other");

function compareKeys(
  a: LabelledGroup,
  b: LabelledGroup,
  groupBy: readonly UsageGrouping[],
  which: "axes" | "things" | "all",
): number {
  for (const [at, grouping] of groupBy.entries()) {
    if (which !== "all" && isAxis(grouping) !== (which === "axes")) continue;
    const difference = isAxis(grouping)
      ? comparePlaces(a.keys[at]?.value ?? "", b.keys[at]?.value ?? "")
      : compareText(a.labels[at] ?? "", b.labels[at] ?? "");
    if (difference !== 0) return difference;
  }
  return which === "axes" ? 0 : compareText(keyText(a.keys), keyText(b.keys));
}

/** Hours and weekdays are numbers, instants are texts of one length. */
function comparePlaces(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

function compareAmounts(a: bigint, b: bigint): number {
  return Number(a > b) - Number(a < b);
}

function keyText(keys: readonly GroupKey[]): string {
  return JSON.stringify(keys.map((key) => [key.kind, key.value]));
}
