import { useText } from "../i18n/use-text.ts";
import { classNames } from "./class-names.ts";
import { formatExactTokens, formatTokens } from "./format-tokens.ts";

type TokensProps = {
  /** A decimal string where the count may exceed 2^53. */
  readonly count: number | string;
  readonly className?: string;
};

/** A token count in three figures, exact on hover and for screen readers. */
export function Tokens({ count, className }: TokensProps) {
  const text = useText();
  const exact = text.figures.exactTokens({ exact: formatExactTokens(count) });
  return (
    <data
      value={String(count)}
      title={exact}
      className={classNames("figures whitespace-nowrap", className)}
    >
      <span aria-hidden="true">{formatTokens(count)}</span>
      <span className="sr-only">{exact}</span>
    </data>
  );
}
