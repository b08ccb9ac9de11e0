import type { UsageEstimateReply } from "@headcount/contract/usage/estimate-schemas";
import { csvText } from "../query/csv-text.ts";

/** A line per figure: what is usual, and how many of the latest tasks lay inside of such a range. */
export function estimateCsv(reply: UsageEstimateReply): string {
  const { cost, notional, tokens, runTimeMs } = reply;
  const figures = { cost, notional, tokens, run_time_ms: runTimeMs };
  return csvText(
    ["figure", "low", "median", "high", "inside", "of", "reason"],
    Object.entries(figures).map(([name, { usual, calibration, reason }]) => [
      { text: name },
      { figure: usual?.low ?? null },
      { figure: usual?.median ?? null },
      { figure: usual?.high ?? null },
      { figure: calibration?.inside ?? null },
      { figure: calibration?.of ?? null },
      { text: reason ?? "" },
    ]),
  );
}
