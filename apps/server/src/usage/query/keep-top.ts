import type { FigureName } from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { Question } from "./question.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** What is told apart, and the sums f0, f1 … as decimal text; null where there are none. */
export type GroupRow = {
  readonly g0: string | null;
  readonly g1: string | null;
  readonly agents: string[] | null;
  /** Stands for everything that was left out. */
  readonly isRest: boolean;
} & Readonly<Record<string, unknown>>;

/** The largest rows of a relation of groups, and one row for all others. */
export function keepTop(
  sql: WorkspaceContext["sql"],
  grouped: Fragment,
  kept: { readonly figures: readonly FigureName[]; readonly top: NonNullable<Question["top"]> },
): Promise<GroupRow[]> {
  const { figures, top } = kept;
  const rank = sql.unsafe(`coalesce(f${figures.indexOf(top.by)}, 0)`);
  const sums = sql.unsafe(figures.map((_, at) => `sum(f${at})::text as f${at}`).join(", "));
  const columns = sql.unsafe(figures.map((_, at) => `f${at}`).join(", "));
  return sql<GroupRow[]>`
    select case when place <= ${top.most} then g0::text end as g0, null::text as g1,
      null::text[] as agents, place > ${top.most} as is_rest, ${sums}
    from (select g0, ${columns}, row_number() over (order by ${rank} desc, g0) as place
      from ${grouped} as grouped) as ranked
    group by 1, 4`;
}
