import type { Repricing } from "@headcount/contract/usage/price-schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import { toTokenCount, totalTokens } from "@headcount/domain/usage/token-counts";
import { countedPico } from "../ledger/ledger-part.ts";
import type { PartToPrice, PricedAnew } from "./price-part.ts";

/** What pricing anew changes, over some rows. */
export type RepricingSums = {
  readonly events: bigint;
  readonly tokens: bigint;
  readonly costBeforePico: bigint;
  readonly costAfterPico: bigint;
  readonly notionalBeforePico: bigint;
  readonly notionalAfterPico: bigint;
};

export const noRepricing: RepricingSums = {
  events: 0n,
  tokens: 0n,
  costBeforePico: 0n,
  costAfterPico: 0n,
  notionalBeforePico: 0n,
  notionalAfterPico: 0n,
};

/** The sums with one more row. */
export function addRepriced(
  sums: RepricingSums,
  part: PartToPrice,
  anew: PricedAnew,
): RepricingSums {
  const before = countedPico(part.figures) ?? 0n;
  const after = countedPico({ ...part.figures, ...anew }) ?? 0n;
  const billed = part.billingMode === "api" ? 1n : 0n;
  return {
    events: sums.events + 1n,
    tokens: sums.tokens + totalTokens(part.figures.tokens),
    costBeforePico: sums.costBeforePico + billed * before,
    costAfterPico: sums.costAfterPico + billed * after,
    notionalBeforePico: sums.notionalBeforePico + (1n - billed) * before,
    notionalAfterPico: sums.notionalAfterPico + (1n - billed) * after,
  };
}

export function addRepricings(a: RepricingSums, b: RepricingSums): RepricingSums {
  return {
    events: a.events + b.events,
    tokens: a.tokens + b.tokens,
    costBeforePico: a.costBeforePico + b.costBeforePico,
    costAfterPico: a.costAfterPico + b.costAfterPico,
    notionalBeforePico: a.notionalBeforePico + b.notionalBeforePico,
    notionalAfterPico: a.notionalAfterPico + b.notionalAfterPico,
  };
}

/** Sums as the API shows them. */
export function toShownSums(
  sums: RepricingSums,
): Pick<
  Repricing,
  "events" | "tokens" | "costBeforeUsd" | "costAfterUsd" | "notionalBeforeUsd" | "notionalAfterUsd"
> {
  return {
    events: Number(sums.events),
    tokens: toTokenCount(sums.tokens),
    costBeforeUsd: formatUsd(sums.costBeforePico),
    costAfterUsd: formatUsd(sums.costAfterPico),
    notionalBeforeUsd: formatUsd(sums.notionalBeforePico),
    notionalAfterUsd: formatUsd(sums.notionalAfterPico),
  };
}
