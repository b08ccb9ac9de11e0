import type { UsageKeyKind } from "@headcount/contract/usage/schemas";
import type { UsageGrouping } from "@headcount/contract/usage/query-words";

const nouns: Readonly<Partial<Record<UsageGrouping, string>>> = {
  failure_class: "failure",
};

/** English name of a row that has no name of its own; programs translate by the kind. */
export function standardLabel(grouping: UsageGrouping, kind: UsageKeyKind): string {
  const noun = nouns[grouping] ?? grouping;
  switch (kind) {
    case "none":
      return `No ${noun}`;
    case "private":
      return `Private ${noun}s`;
    case "deleted":
      return `Deleted ${noun}`;
    case "unmanaged":
      return "Unmanaged sessions";
    case "other":
      return "Other";
    case "value":
      return "";
  }
}
