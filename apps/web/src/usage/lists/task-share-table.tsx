import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import type { TaskShare } from "@headcount/contract/usage/task-share-schemas";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { useText } from "../../i18n/use-text.ts";
import { FigureOf } from "../figure-of.tsx";
import { TaskShareName } from "./task-share-name.tsx";

type TaskShareTableProps = {
  readonly items: readonly TaskShare[];
  readonly metrics: readonly UsageMetric[];
  readonly totals: UsageFigures;
  /** What is not listed yet. */
  readonly rest: { readonly count: number; readonly figures: UsageFigures };
  /** Null when there is nothing more. */
  readonly onMore: (() => void) | null;
};

/** Tasks with what each adds, what is not listed yet in one row, and the figure that they add up to. */
export function TaskShareTable({ items, metrics, totals, rest, onMore }: TaskShareTableProps) {
  const text = useText();
  const { behind } = text.usageLists;
  return (
    <table aria-label={behind.title} className="w-full table-fixed text-13">
      <thead>
        <tr className="[&>th]:sticky [&>th]:top-0 [&>th]:z-10 [&>th]:h-8 [&>th]:border-b [&>th]:border-line [&>th]:bg-ground [&>th]:px-2 [&>th]:text-12 [&>th]:font-medium [&>th]:text-faint">
          <th scope="col" className="ps-4! text-start">
            {behind.task}
          </th>
          {metrics.map((metric, at) => (
            <th key={metric} scope="col" className={`w-22 text-end last:pe-4! ${from(at)}`}>
              {headOf(metric, text)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((share) => (
          <tr
            key={share.taskId ?? share.kind}
            className="relative hover:bg-hover has-focus-visible:bg-hover [&>td]:border-b [&>td]:border-line"
          >
            <td className="px-2 py-1.5 ps-4">
              <TaskShareName share={share} />
            </td>
            <Figures figures={share.metrics} metrics={metrics} />
          </tr>
        ))}
        {onMore !== null && (
          <tr className="text-muted [&>td]:h-(--row) [&>td]:border-b [&>td]:border-line">
            <td className="px-2 ps-4">
              <button
                type="button"
                onClick={onMore}
                className="inset-focus text-accent-ink hover:underline"
              >
                {behind.rest({ count: rest.count })}
              </button>
            </td>
            <Figures figures={rest.figures} metrics={metrics} />
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>td]:sticky [&>td]:bottom-0 [&>td]:h-(--row) [&>td]:border-t [&>td]:border-line [&>td]:bg-ground">
          <td className="px-2 ps-4">{text.usageLists.total}</td>
          <Figures figures={totals} metrics={metrics} />
        </tr>
      </tfoot>
    </table>
  );
}

type FiguresProps = { readonly figures: UsageFigures; readonly metrics: readonly UsageMetric[] };

function Figures({ figures, metrics }: FiguresProps) {
  return metrics.map((metric, at) => (
    <td key={metric} className={`px-2 text-end last:pe-4 ${from(at)}`}>
      <FigureOf metric={metric} figure={figures[metric] ?? null} />
    </td>
  ));
}

/** Phones have room for two figures. */
const from = (at: number): string => (at < 2 ? "" : "hidden tablet:table-cell");

function headOf(metric: UsageMetric, { usageLists }: Catalogue): string {
  if (metric === "failures") return usageLists.behind.failures;
  const isPlain =
    metric === "cost" || metric === "notional" || metric === "tokens" || metric === "tasks";
  return isPlain ? usageLists[metric] : usageLists.time;
}
