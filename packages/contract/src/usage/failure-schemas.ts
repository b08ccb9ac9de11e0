import { z } from "zod";
import { UsdAmount } from "../kit/values.ts";
import { FailureChartClass, FailureReason } from "../tasks/states.ts";
import { usageFilters, usageRange } from "./query-schemas.ts";

export const usageFailuresInput = { ...usageFilters, ...usageRange };

/** Tasks that failed, counted where they ended. */
export const FailureFigures = z.object({
  failures: z.int(),
  runTimeMs: z.int(),
  /** All that these tasks used, whenever; null where none of it has a price. */
  costUsd: UsdAmount.nullable(),
});
export type FailureFigures = z.infer<typeof FailureFigures>;

export const UsageFailuresReply = z.object({
  /** The most frequent reason first. */
  rows: z.array(FailureFigures.extend({ failureClass: FailureChartClass, reason: FailureReason })),
  /** `failures` is that of `usage.query` for the same question, the sum of the rows. */
  total: FailureFigures,
});
export type UsageFailuresReply = z.infer<typeof UsageFailuresReply>;
