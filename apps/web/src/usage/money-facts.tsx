import type { ReportedCost, UsageBreakdown } from "@headcount/contract/usage/schemas";
import { formatUsd, parseUsd } from "@headcount/domain/usage/money";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { formatMoney } from "../ui/format-money.ts";
import { Money } from "../ui/money.tsx";

type MoneyFactsProps = {
  readonly usage: Pick<UsageBreakdown, "notionalUsd" | "cacheSavedUsd" | "reportedCost">;
};

/** Money beside the cost: what the cache saved, what a subscription covers, what the CLI says itself. */
export function MoneyFacts({ usage }: MoneyFactsProps) {
  const text = useText();
  const { work } = text.usageLists;
  const { notionalUsd, cacheSavedUsd, reportedCost } = usage;
  const hasNotional = notionalUsd !== null && notionalUsd !== "0";
  if (!hasNotional && cacheSavedUsd === "0" && reportedCost === null) return null;
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-0.5 text-12">
      {hasNotional && (
        <Fact label={work.notional}>
          <Money usd={notionalUsd} />
        </Fact>
      )}
      {cacheSavedUsd !== "0" && (
        <Fact label={work.cacheSaved} hint={work.cacheSavedHint}>
          <Money usd={cacheSavedUsd} />
        </Fact>
      )}
      {reportedCost !== null && <Reported cost={reportedCost} />}
    </dl>
  );
}

function Reported({ cost }: { readonly cost: ReportedCost }) {
  const text = useText();
  const { work } = text.usageLists;
  const difference = differenceOf(cost);
  const hint = work.reportedHint({ events: cost.events, priced: formatMoney(cost.pricedUsd) });
  const note =
    difference === "0"
      ? work.same
      : work.difference({
          amount: `${difference.startsWith("-") ? "" : "+"}${formatMoney(difference)}`,
        });
  return (
    <Fact label={work.reported} hint={hint} note={note}>
      <Money usd={cost.reportedUsd} />
    </Fact>
  );
}

/** Reported less priced, exactly. */
function differenceOf({ reportedUsd, pricedUsd }: ReportedCost): string {
  const reported = parseUsd(reportedUsd);
  const priced = parseUsd(pricedUsd);
  return reported.ok && priced.ok ? formatUsd(reported.value - priced.value) : "0";
}

type FactProps = {
  readonly label: string;
  readonly hint?: string;
  /** Said below the value. */
  readonly note?: string;
  readonly children: ReactNode;
};

function Fact({ label, hint, note, children }: FactProps) {
  return (
    <div className="contents" title={hint}>
      <dt className="text-muted" title={hint}>
        {label}
      </dt>
      <dd className="text-end">{children}</dd>
      {note !== undefined && <dd className="figures col-span-2 text-end text-faint">{note}</dd>}
    </div>
  );
}
