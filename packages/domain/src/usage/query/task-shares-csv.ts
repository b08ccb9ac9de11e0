import type { TaskShare, TaskSharesReply } from "@headcount/contract/usage/task-share-schemas";
import { csvText, type CsvCell } from "./csv-text.ts";

const titles = ["task_id", "issue", "title", "agent", "agent_id", "status", "outcome"] as const;

/** What each task adds, one line each, and one line for what comes after this page. */
export function taskSharesCsv({ items, metrics, rest, nextCursor }: TaskSharesReply): string {
  const figures = (of: TaskShare["metrics"]): CsvCell[] =>
    metrics.map((metric) => ({ figure: of[metric] ?? null }));
  const lines = items.map((share): readonly CsvCell[] => [
    { text: share.taskId ?? share.kind },
    { text: share.issue?.key ?? "" },
    { text: share.issue?.title ?? "" },
    { text: share.agent?.name ?? "" },
    { text: share.agent?.id ?? "" },
    { text: share.status ?? "" },
    { text: share.outcome ?? "" },
    { figure: share.startedAt },
    { figure: share.endedAt },
    ...figures(share.metrics),
  ]);
  const others: readonly CsvCell[] = [
    { text: "other" },
    ...Array.from({ length: titles.length + 1 }, () => ({ text: "" })),
    ...figures(rest),
  ];
  return csvText(
    [...titles, "started_at", "ended_at", ...metrics],
    nextCursor === null ? lines : [...lines, others],
  );
}
