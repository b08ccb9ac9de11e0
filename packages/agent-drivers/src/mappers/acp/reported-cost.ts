import { stringAt, type JsonObject } from "../../core/json.ts";
import type { UsageEvidence } from "../../core/usage-ledger.ts";

export type ReportedCost = Pick<UsageEvidence, "reportedCostUsd" | "reportedCostBasis">;

/** Digits behind the point of the unit in which Grok states a cost. */
const tickDigits = 10;

/**
 * Cost that an agent states beside its tokens: `costUsdTicks` (Grok, 1e-10 US dollars) or
 * `estimatedCost` with its `currency` (Reasonix). Nothing, or nothing above zero, is unknown.
 */
export function reportedCost(raw: JsonObject): ReportedCost {
  const ticks = raw["costUsdTicks"];
  if (typeof ticks === "number" && Number.isSafeInteger(ticks) && ticks > 0) {
    return { reportedCostUsd: ticksToUsd(ticks), reportedCostBasis: "billed" };
  }
  const cost = raw["estimatedCost"];
  const isDollars = stringAt(raw, "currency")?.toUpperCase() === "USD";
  if (typeof cost !== "number" || !(cost > 0) || !isDollars) return {};
  return { reportedCostUsd: String(Number(cost.toFixed(12))), reportedCostBasis: "estimated" };
}

function ticksToUsd(ticks: number): string {
  const digits = String(ticks).padStart(tickDigits + 1, "0");
  const whole = digits.slice(0, -tickDigits);
  const fraction = digits.slice(-tickDigits).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
