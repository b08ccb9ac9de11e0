import {
  type OutcomeSplit,
  spendOutcomes,
  type UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { otherColour } from "../../charts/series-colour.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Duration } from "../../ui/duration.tsx";
import { Money } from "../../ui/money.tsx";
import type { UsageDrill, UsageResult } from "../usage-search.ts";
import type { MoneyMetric } from "./board-columns.ts";
import { outcomeColours } from "./outcome-colours.ts";
import { resultOf } from "./result-of.ts";
import { rowColours } from "./row-colours.ts";
import { RowName } from "./row-name.tsx";
import { spendOf } from "./spend-of.ts";

type OutcomeTableProps = {
  readonly reply: UsageOutcomesReply;
  readonly result: UsageResult;
  readonly money: MoneyMetric;
  readonly onOpen: (drill: UsageDrill) => void;
};

/** By agent or model: where the money went, and what one result took. Columns and rows add up. */
export function OutcomeTable({ reply, result, money, onOpen }: OutcomeTableProps) {
  const text = useText();
  const { outcomes, total } = text.usageLists;
  const words = outcomes.results[result];
  const by = reply.groupBy ?? "agent";
  const colours = rowColours(
    reply.rows.map(({ key }) => key),
    by,
  );
  return (
    <div className="-mx-4 overflow-x-auto px-4">
      <table aria-label={outcomes.title} className="w-full min-w-250 table-fixed text-13">
        <thead>
          <tr className="text-12 text-faint [&>th]:border-b [&>th]:border-line [&>th]:px-2 [&>th]:pb-1 [&>th]:align-bottom [&>th]:font-medium [&>th]:text-end">
            <th scope="col" className="ps-0! text-start!">
              <span className="sr-only">{text.usageLists.groupings[by]}</span>
            </th>
            {spendOutcomes.map((outcome) => (
              <th key={outcome} scope="col" className="w-24" title={outcomes.bucketHints[outcome]}>
                <span className="inline-flex max-w-full items-baseline gap-1.5">
                  <span
                    aria-hidden="true"
                    className="size-2 shrink-0 rounded-[2px]"
                    style={{ background: outcomeColours[outcome] }}
                  />
                  {outcomes.buckets[outcome]}
                </span>
              </th>
            ))}
            <th scope="col" className="w-22">
              {total}
            </th>
            <th scope="col" className="w-18" title={words.sharedHint}>
              {words.column}
            </th>
            <th scope="col" className="w-20">
              {words.cost}
            </th>
            <th scope="col" className="w-24">
              {words.time}
            </th>
            <th scope="col" className="w-20 pe-0!">
              {outcomes.attempts}
            </th>
          </tr>
        </thead>
        <tbody>
          {reply.rows.map((row) => {
            const { kind, value } = row.key;
            return (
              <tr
                key={`${kind} ${value}`}
                className="relative hover:bg-hover has-focus-visible:bg-hover [&>td]:h-(--row) [&>td]:border-b [&>td]:border-line"
              >
                <td className="px-2 ps-0">
                  <button
                    type="button"
                    onClick={() => kind !== "other" && onOpen({ of: [{ by, kind, value }] })}
                    className="inset-focus block max-w-full text-start after:absolute after:inset-0"
                  >
                    <RowName by={by} keyOf={row.key} colour={colours.get(row.key) ?? otherColour} />
                  </button>
                </td>
                <SplitCells split={row} result={result} money={money} />
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr className="font-medium [&>td]:h-(--row)">
            <td>{total}</td>
            <SplitCells split={reply.total} result={result} money={money} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type SplitCellsProps = Pick<OutcomeTableProps, "result" | "money"> & {
  readonly split: OutcomeSplit;
};

function SplitCells({ split, result, money }: SplitCellsProps) {
  const format = useFormat();
  const { each, count } = resultOf(split, result);
  return (
    <>
      {spendOutcomes.map((outcome) => (
        <td key={outcome} className="px-2 text-end text-muted">
          <Money usd={spendOf(split.byOutcome[outcome], money)} />
        </td>
      ))}
      <td className="px-2 text-end">
        <Money usd={spendOf(split.spend, money)} />
      </td>
      <td className="figures px-2 text-end">{format.number(count)}</td>
      <td className="px-2 text-end">
        {each === null ? <Nothing /> : <Money usd={spendOf(each, money)} />}
      </td>
      <td className="px-2 text-end">
        {each === null ? <Nothing /> : <Duration durationMs={each.runTimeMs} />}
      </td>
      <td className="figures px-2 pe-0 text-end">
        {each === null ? <Nothing /> : format.number(each.attempts)}
      </td>
    </>
  );
}

function Nothing() {
  return <span className="text-faint">–</span>;
}
