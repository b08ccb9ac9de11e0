import type { FigureName } from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../../platform/context.ts";
import { type Figure, taskFigures } from "../figures.ts";
import type { Kinds } from "../rollups/points.ts";
import type { Question } from "./question.ts";

type Sql = WorkspaceContext["sql"];
type Asked = Pick<Question, "figures" | "agents">;

/** SQL: the sums f0, f1 … of figures over points `p`; as text where they leave the database. */
export function summedFigures(
  sql: Sql,
  figures: readonly FigureName[],
  form: "number" | "text" = "number",
) {
  const cast = form === "text" ? "::text" : "";
  // Aliases by number: a figure's own name would lose its underscores on the way.
  return sql.unsafe(
    figures.map((name, at) => `sum(${expressionOf(name)})${cast} as f${at}`).join(", "),
  );
}

/** Several columns are added within a row: one sum is cheaper than five. */
const added: Readonly<Partial<Record<FigureName, readonly Figure[]>>> = {
  tokens: ["input", "cache_read", "cache_write_5m", "cache_write_1h", "output"],
  cache_write: ["cache_write_5m", "cache_write_1h"],
  tasks: [
    "tasks_done",
    "tasks_no_response",
    "tasks_needs_input",
    "tasks_failed",
    "tasks_cancelled",
  ],
};

const columnsOf = (name: FigureName): readonly Figure[] =>
  // Every figure that is no sum of others is a column.
  added[name] ?? [name as Figure];

/** The columns that a question needs. */
export function figuresToRead({ figures, agents }: Asked): readonly Figure[] {
  const told: readonly Figure[] = agents === "told" ? ["events"] : [];
  return [...new Set([...told, ...figures.flatMap(columnsOf)])];
}

function expressionOf(name: FigureName): string {
  const columns = columnsOf(name).map((column) => `p.${column}`);
  if (columns.length === 1) return columns.join("");
  return columns.map((column) => `coalesce(${column}, 0)`).join(" + ");
}

/** Whether usage, tasks or both have to be read. */
export function kindsOf({ figures, agents }: Asked): Kinds {
  const task: ReadonlySet<string> = new Set(taskFigures);
  const kinds = figures
    .flatMap(columnsOf)
    .map((name) => (task.has(name) ? ("task" as const) : ("usage" as const)));
  return new Set(agents === "told" ? ["usage", ...kinds] : kinds);
}
