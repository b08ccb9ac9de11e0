import type { OutcomeGrouping } from "@headcount/contract/usage/outcome-schemas";
import type { GroupKey } from "@headcount/domain/usage/query/arrange-groups";
import type { WorkspaceContext } from "../../platform/context.ts";
import { noModel } from "../ledger/book-task.ts";
import { findClosedAgents } from "../query/find-closed-agents.ts";
import { findClosedRuntimes } from "../query/find-closed-runtimes.ts";
import { columnOf } from "../query/group-columns.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** Stands for all agents, or runtimes, that are closed to the caller; no id looks like it. */
const privateKey = "private";

/** What a grouping has that is closed to the caller. */
export async function closedOnes(
  ctx: WorkspaceContext,
  grouping: OutcomeGrouping | null,
): Promise<readonly string[]> {
  if (grouping === "agent") return findClosedAgents(ctx);
  return grouping === "runtime" ? findClosedRuntimes(ctx) : [];
}

/** SQL: what rows tell apart of points or meters `p`, with everything closed as one. */
export function outcomeColumn(
  { sql }: Pick<WorkspaceContext, "sql">,
  grouping: OutcomeGrouping | null,
  closed: readonly string[],
): Fragment {
  if (grouping === null) return sql`null::text`;
  const column = sql`p.${sql(columnOf[grouping])}`;
  if (closed.length === 0) return sql`${column}::text`;
  return sql`case when ${column} = any(${[...closed]}::uuid[]) then ${privateKey}
    else ${column}::text end`;
}

/** What a value of that column stands for. */
export function outcomeKey(grouping: OutcomeGrouping, value: string | null): GroupKey {
  if (value === null) return { kind: grouping === "agent" ? "unmanaged" : "none", value: null };
  if (grouping === "model" && value === noModel) return { kind: "none", value: null };
  const canBeClosed = grouping === "agent" || grouping === "runtime";
  if (canBeClosed && value === privateKey) return { kind: "private", value: null };
  return { kind: "value", value };
}
