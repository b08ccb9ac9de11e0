import type { UsageDimension } from "@headcount/contract/usage/query-words";
import type { WorkspaceContext } from "../../platform/context.ts";
import { noModel } from "../ledger/book-task.ts";
import { columnOf } from "./group-columns.ts";
import type { Filter, Question } from "./question.ts";

type Sql = WorkspaceContext["sql"];
type Fragment = ReturnType<Sql>;

/** SQL: whether a point `p`, or a meter, fits every filter of a question. */
export function fits(sql: Sql, { filters }: Pick<Question, "filters">): Fragment {
  return filters.reduce<Fragment>(
    (all, filter) => sql`${all} and ${condition(sql, filter)}`,
    sql`true`,
  );
}

/** Dimensions that are told apart by id; the others by name. */
const ids: ReadonlySet<UsageDimension> = new Set([
  "agent",
  "project",
  "runtime",
  "member",
  "issue",
]);

function condition(sql: Sql, { dimension, values, none }: Filter): Fragment {
  const column = sql`p.${sql(columnOf[dimension])}`;
  const isAny: Fragment = ids.has(dimension)
    ? sql`${column} = any(${[...values]}::uuid[])`
    : sql`${column} = any(${[...values]}::text[])`;
  if (none === "left_out") return isAny;
  return dimension === "model"
    ? sql`(${isAny} or ${column} = ${noModel})`
    : sql`(${isAny} or ${column} is null)`;
}
