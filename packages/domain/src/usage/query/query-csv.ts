import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import { csvText, type CsvCell } from "./csv-text.ts";

/** Titles of the second column of a grouping, where its name alone does not say which it is. */
const valueTitles: Readonly<Partial<Record<UsageGrouping, string>>> = {
  time: "starts_at",
  agent: "agent_id",
  project: "project_id",
  runtime: "runtime_id",
  member: "member_id",
  issue: "issue_id",
};

/** The rows of an answer, one line each, with a column per grouping and per metric. */
export function queryCsv({ groupBy, metrics, rows }: UsageQueryReply): string {
  const titles = [
    ...groupBy.flatMap((grouping) => [grouping, valueTitles[grouping] ?? []].flat()),
    ...metrics,
  ];
  const lines = rows.map((row): readonly CsvCell[] => [
    ...groupBy.flatMap((grouping, at): readonly CsvCell[] => {
      const { label, value } = row.keys[at] ?? { label: "", value: null };
      return valueTitles[grouping] === undefined
        ? [{ text: label }]
        : [{ text: label }, { text: value ?? "" }];
    }),
    ...metrics.map((metric): CsvCell => ({ figure: row.metrics[metric] ?? null })),
  ]);
  return csvText(titles, lines);
}
