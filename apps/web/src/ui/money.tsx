import { useText } from "../i18n/use-text.ts";
import { classNames } from "./class-names.ts";
import { formatMoney } from "./format-money.ts";

type MoneyProps = {
  /** The ledger's decimal string in US dollars; null where no price is known. */
  readonly usd: string | null;
  readonly className?: string;
};

/** An amount with as many decimals as matter, exact on hover. Unpriced is a dash, never a zero. */
export function Money({ usd, className }: MoneyProps) {
  const text = useText();
  if (usd === null) {
    return (
      <span title={text.figures.unpricedHint} className={classNames("text-faint", className)}>
        <span aria-hidden="true">—</span>
        <span className="sr-only">{text.figures.unpriced}</span>
      </span>
    );
  }
  return (
    <data
      value={usd}
      title={text.figures.exactMoney({ exact: usd })}
      className={classNames("figures whitespace-nowrap", className)}
    >
      {formatMoney(usd)}
    </data>
  );
}
