import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import type { Group, GroupKey } from "@headcount/domain/usage/query/arrange-groups";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import { noModel } from "../ledger/book-task.ts";
import type { GroupRow } from "./keep-top.ts";
import type { Question } from "./question.ts";
import { toFigureSums } from "./to-figure-sums.ts";

const other: GroupKey = { kind: "other", value: null };
const nobody: ReadonlySet<string> = new Set();

/** Rows of the database as groups, with exact sums. */
export function toGroups(
  rows: readonly GroupRow[],
  { groupBy, figures }: Pick<Question, "groupBy" | "figures">,
  slots: readonly TimeSlot[],
): Group[] {
  const starts = slots.map((slot) => new Date(slot.startsAtMs).toISOString());
  return rows.map((row) => ({
    keys: groupBy.map((grouping, at) =>
      row.isRest ? other : keyOf(grouping, at === 0 ? row.g0 : row.g1, starts),
    ),
    measured: {
      sums: toFigureSums(row, figures),
      agents: row.agents ? new Set(row.agents) : nobody,
    },
  }));
}

function keyOf(grouping: UsageGrouping, value: string | null, starts: readonly string[]): GroupKey {
  if (value === null) return { kind: grouping === "agent" ? "unmanaged" : "none", value: null };
  if (grouping === "model" && value === noModel) return { kind: "none", value: null };
  if (grouping !== "time") return { kind: "value", value };
  const start = starts[Number(value) - 1];
  if (start === undefined) throw new Error("Usage lies outside of the range that was read");
  return { kind: "value", value: start };
}
