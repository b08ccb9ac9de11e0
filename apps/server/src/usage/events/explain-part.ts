import type { UsageEventPart } from "@headcount/contract/usage/event-schemas";
import { fromPriceRates, PriceRates } from "@headcount/domain/usage/applied-rates";
import { chooseCost } from "@headcount/domain/usage/choose-cost";
import { explainPrice, type PriceLine } from "@headcount/domain/usage/explain-price";
import { formatUsd } from "@headcount/domain/usage/money";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import { countedPico, type LedgerPart } from "../ledger/ledger-part.ts";
import { toPricePerClass, usdPerMillion } from "../prices/price-per-class.ts";
import { toTokenTotals } from "./to-token-totals.ts";

/** A row of the ledger with the sum behind its price, made from the rates that were kept with it. */
export function explainPart(part: LedgerPart): UsageEventPart {
  const { price, tokens, pricedPico } = part;
  const lines = price === null ? [] : explainPrice(fromPriceRates(price.rates), tokens);
  const counted = countedPico(part);
  return {
    part: part.part,
    usedAt: part.usedAt.toISOString(),
    tokens: toTokenTotals(tokens),
    unpricedTokens: toTokenCount(part.unpricedTokens),
    pricedUsd: price === null ? null : formatUsd(pricedPico),
    cacheSavedUsd: formatUsd(part.cacheSavedPico),
    isEstimate: part.isEstimate,
    price:
      price === null
        ? null
        : {
            identity: price.identity,
            rates: toPricePerClass(PriceRates.parse(price.rates)),
          },
    lines: lines.map(toLine),
    linesAddUp: price === null || sumOf(lines) === pricedPico,
    countedUsd: counted === null ? null : formatUsd(counted),
    basis: chooseCost(part).basis,
  };
}

function toLine(line: PriceLine): UsageEventPart["lines"][number] {
  return {
    tokenClass: line.tokenClass,
    tokens: toTokenCount(line.tokens),
    usdPerMillion: usdPerMillion(line.picoPerToken),
    amountUsd: line.amountPico === null ? null : formatUsd(line.amountPico),
    rateOf: line.rateOf,
  };
}

function sumOf(lines: readonly PriceLine[]): bigint {
  return lines.reduce((sum, line) => sum + (line.amountPico ?? 0n), 0n);
}
