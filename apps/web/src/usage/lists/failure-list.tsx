import type { UsageFailuresReply } from "@headcount/contract/usage/failure-schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Duration } from "../../ui/duration.tsx";
import { Money } from "../../ui/money.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import { UntilAnswered } from "../until-answered.tsx";
import type { UsageView } from "../usage-view.ts";

/** Why tasks failed, by class and reason, each with what to do about it. */
export function FailureList({ view }: { readonly view: UsageView }) {
  const text = useText();
  const failures = useQuery({
    ...query(usageQueries.failures, { ...view.question }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h2 className="text-14 font-semibold">{text.usageLists.failures.title}</h2>
      {failures.isError && failures.data === undefined && (
        <QueryError error={failures.error} onRetry={() => void failures.refetch()} />
      )}
      {failures.data !== undefined && (
        <UntilAnswered reply={failures}>
          {failures.data.rows.length === 0 ? (
            <p className="flex items-center gap-2 text-13 text-faint">
              <StateGlyph state="done" decorative />
              {text.usageLists.failures.nothing}
            </p>
          ) : (
            <FailureTable view={view} reply={failures.data} />
          )}
        </UntilAnswered>
      )}
    </section>
  );
}

type FailureTableProps = { readonly view: UsageView; readonly reply: UsageFailuresReply };
type Row = UsageFailuresReply["rows"][number];

function FailureTable({ view, reply }: FailureTableProps) {
  const text = useText();
  const { failures } = text.usageLists;
  return (
    <table className="w-full table-fixed text-13">
      <thead>
        <tr className="text-12 text-faint [&>th]:h-7 [&>th]:border-b [&>th]:border-line [&>th]:px-2 [&>th]:font-medium">
          <th scope="col" className="ps-0! text-start">
            {failures.reason}
          </th>
          <th scope="col" className="w-16 text-end">
            {failures.count}
          </th>
          <th scope="col" className="hidden w-26 text-end tablet:table-cell">
            {failures.time}
          </th>
          <th scope="col" className="w-20 pe-0! text-end" title={failures.costHint}>
            {failures.cost}
          </th>
        </tr>
      </thead>
      <tbody>
        {reply.rows.map((row) => (
          <tr
            key={`${row.failureClass} ${row.reason}`}
            className="relative align-top hover:bg-hover has-focus-visible:bg-hover [&>td]:border-b [&>td]:border-line [&>td]:py-2"
          >
            <td className="px-2 ps-0">
              <ReasonCell row={row} view={view} />
            </td>
            <FailureCells row={row} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>td]:h-(--row-dense)">
          <td>{text.usageLists.total}</td>
          <FailureCells row={reply.total} />
        </tr>
      </tfoot>
    </table>
  );
}

function ReasonCell({ row, view }: { readonly row: Row; readonly view: UsageView }) {
  const text = useText();
  const { failures } = text.usageLists;
  const of = [{ by: "failure_class", kind: "value", value: row.failureClass } as const];
  const name = failures.classes[row.failureClass];
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <button
        type="button"
        title={text.usageLists.showTasks({ name })}
        onClick={() => view.drill({ of })}
        className="inset-focus flex min-w-0 items-center gap-2 text-start after:absolute after:inset-0"
      >
        <StateGlyph state="failed" size={12} decorative className="shrink-0" />
        <span className="font-medium">{name}</span>
        <code className="truncate font-mono text-12 text-faint max-tablet:hidden">
          {row.reason}
        </code>
      </button>
      <p className="ps-5 text-12 text-muted">{text.runs.failure[row.reason]}</p>
    </div>
  );
}

function FailureCells({ row }: { readonly row: Omit<Row, "failureClass" | "reason"> }) {
  const format = useFormat();
  return (
    <>
      <td className="figures px-2 text-end">{format.number(row.failures)}</td>
      <td className="hidden px-2 text-end tablet:table-cell">
        <Duration durationMs={row.runTimeMs} />
      </td>
      <td className="px-2 pe-0 text-end">
        <Money usd={row.costUsd} />
      </td>
    </>
  );
}
