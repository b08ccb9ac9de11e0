import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import type { UsageKeyKind } from "@headcount/contract/usage/schemas";
import {
  type Group,
  type GroupKey,
  type LabelledGroup,
  mergeGroups,
} from "@headcount/domain/usage/query/arrange-groups";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import { standardLabel } from "@headcount/domain/usage/query/standard-label";
import { readClosedAgents } from "../../agents/read-closed-agents.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { readClosedRuntimes } from "./read-closed-runtimes.ts";
import { readNames, type Named } from "./read-names.ts";

/** Agents and runtimes that the caller may not see become one, so that totals stay what they are. */
export async function hidePrivate(
  ctx: WorkspaceContext,
  groups: readonly Group[],
  groupBy: readonly UsageGrouping[],
): Promise<readonly Group[]> {
  const closedAt = await Promise.all(
    groupBy.map((grouping, at): Promise<ReadonlySet<string>> => {
      if (grouping === "agent") return readClosedAgents(ctx, valuesAt(groups, at));
      if (grouping === "runtime") return readClosedRuntimes(ctx, valuesAt(groups, at));
      return Promise.resolve(new Set());
    }),
  );
  if (closedAt.every((closed) => closed.size === 0)) return groups;
  const hide = (key: GroupKey, at: number): GroupKey =>
    key.value !== null && closedAt[at]?.has(key.value) ? { kind: "private", value: null } : key;
  return mergeGroups(groups.map((group) => ({ ...group, keys: group.keys.map(hide) })));
}

/** Names what rows stand for; what is gone keeps its name and is marked. */
export async function labelGroups(
  ctx: WorkspaceContext,
  groups: readonly Group[],
  shown: { readonly groupBy: readonly UsageGrouping[]; readonly slots: readonly TimeSlot[] },
): Promise<readonly LabelledGroup[]> {
  const slotLabels = new Map(
    shown.slots.map((slot) => [new Date(slot.startsAtMs).toISOString(), slot.label]),
  );
  const namesAt = await Promise.all(
    shown.groupBy.map((grouping, at) => readNames(ctx, grouping, valuesAt(groups, at))),
  );
  const labelOf = (key: GroupKey, at: number): { kind: UsageKeyKind; label: string } => {
    const grouping = shown.groupBy[at] ?? "time";
    if (key.kind !== "value" || key.value === null) {
      return { kind: key.kind, label: standardLabel(grouping, key.kind) };
    }
    if (grouping === "time")
      return { kind: "value", label: slotLabels.get(key.value) ?? key.value };
    const names = namesAt[at];
    return names ? nameOf(names, grouping, key.value) : { kind: "value", label: key.value };
  };
  return groups.map((group) => {
    const labelled = group.keys.map((key, at) => ({ ...key, ...labelOf(key, at) }));
    return { ...group, keys: labelled, labels: labelled.map((key) => key.label) };
  });
}

function nameOf(
  names: ReadonlyMap<string, Named>,
  grouping: UsageGrouping,
  id: string,
): { kind: UsageKeyKind; label: string } {
  const named = names.get(id);
  if (!named) return { kind: "deleted", label: standardLabel(grouping, "deleted") };
  return { kind: named.isGone ? "deleted" : "value", label: named.name };
}

function valuesAt(groups: readonly Group[], at: number): string[] {
  const values = groups.flatMap((group) => {
    const key = group.keys[at];
    return key?.kind === "value" && key.value !== null ? [key.value] : [];
  });
  return [...new Set(values)];
}
