import { usageQueries } from "@headcount/contract/usage/query-routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import type { UsageDrill } from "../usage-search.ts";
import type { UsageQuestion } from "../usage-view.ts";
import { rowLabel } from "./row-label.ts";

/** What is looked at, by name: as the books name it, whatever has become of it since. */
export function useDrillNames(question: UsageQuestion, drill: UsageDrill): readonly string[] {
  const text = useText();
  const [first, second] = drill.of.filter(({ value }) => value !== null);
  const groupings = [first, second].flatMap((one) => (one === undefined ? [] : [one.by]));
  const found = useQuery({
    ...query(usageQueries.query, {
      ...question,
      group_by: groupings.join(","),
      metrics: "events",
      limit: 1_000,
    }),
    enabled: groupings.length > 0,
  });
  return drill.of.map(({ by, kind, value }) => {
    if (value === null) return rowLabel({ kind, label: "" }, by, text);
    const at = groupings.indexOf(by);
    const row = found.data?.rows.find(({ keys }) => keys[at]?.value === value);
    const label = row?.keys[at]?.label;
    if (by === "failure_class") return classNameOf(value, text.usageLists.failures.classes);
    // Names of models stand for themselves; an id says nothing to anybody.
    return label ?? (by === "model" || by === "provider" || by === "role" ? value : "…");
  });
}

function classNameOf(value: string, classes: Readonly<Record<string, string>>): string {
  return classes[value] ?? value;
}
