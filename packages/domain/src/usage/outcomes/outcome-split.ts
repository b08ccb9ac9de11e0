import {
  type IssuesDone,
  type OutcomeSplit,
  type Spend,
  type SpendOutcome,
  spendOutcomes,
} from "@headcount/contract/usage/outcome-schemas";
import { formatUsd } from "../money.ts";
import {
  amountOf,
  figureOf,
  type FigureName,
  type FigureSums,
  type Measured,
  nothing,
  sumMeasured,
} from "../query/measures.ts";
import { toTokenCount } from "../token-counts.ts";

/** Every figure that spend shows. */
export const spendFigures = [
  "events",
  "priced_events",
  "unpriced_tokens",
  "tokens",
  "cost_pico",
  "notional_pico",
  "run_ms",
  "tasks",
] as const satisfies readonly FigureName[];

/** Issues that were first done in a range, and the sums of all that was used on them until then. */
export type DoneSums = { readonly count: number; readonly sums: FigureSums };

/** Sums of some part of the books by what has come of it, as the API shows them. */
export function outcomeSplit(
  byOutcome: ReadonlyMap<SpendOutcome, FigureSums>,
  done: DoneSums,
): OutcomeSplit {
  const measured = (sums: FigureSums): Measured => ({ ...nothing, sums });
  const entries = spendOutcomes.map(
    (outcome) => [outcome, spendOf(measured(byOutcome.get(outcome) ?? {}))] as const,
  );
  return {
    spend: spendOf(sumMeasured([...byOutcome.values()].map(measured))),
    // Every outcome has its entry.
    byOutcome: Object.fromEntries(entries) as Record<SpendOutcome, Spend>,
    issuesDone: issuesDoneOf(done.count, measured(done.sums)),
  };
}

function spendOf(measured: Measured): Spend {
  return {
    costUsd: moneyOf("cost", measured),
    notionalUsd: moneyOf("notional", measured),
    tokens: toTokenCount(amountOf("tokens", measured)),
    unpricedTokens: toTokenCount(amountOf("unpriced_tokens", measured)),
    runTimeMs: Number(amountOf("run_time", measured)),
    tasks: Number(amountOf("tasks", measured)),
  };
}

/** Null where something was used and none of it has a price. */
function moneyOf(metric: "cost" | "notional", measured: Measured): string | null {
  const figure = figureOf(metric, measured);
  return figure === null ? null : String(figure);
}

function issuesDoneOf(count: number, measured: Measured): IssuesDone {
  const whole = spendOf(measured);
  if (count === 0) return { count, whole, perIssue: null };
  const share = (metric: "cost" | "notional" | "tokens" | "run_time"): bigint =>
    amountOf(metric, measured) / BigInt(count);
  return {
    count,
    whole,
    perIssue: {
      costUsd: whole.costUsd === null ? null : formatUsd(share("cost")),
      notionalUsd: whole.notionalUsd === null ? null : formatUsd(share("notional")),
      tokens: toTokenCount(share("tokens")),
      runTimeMs: Number(share("run_time")),
      attempts: Math.round((whole.tasks * 100) / count) / 100,
    },
  };
}
