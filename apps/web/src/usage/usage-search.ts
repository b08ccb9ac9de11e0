import { z } from "zod";

export const usagePeriods = [7, 30, 90] as const;

/** Period, measure and view of the usage page, as they stand in the address. */
export const UsageSearch = z.object({
  days: z
    .union([z.literal(7), z.literal(30), z.literal(90)])
    .optional()
    .catch(undefined),
  measure: z.enum(["tokens", "cost"]).optional().catch(undefined),
  view: z.enum(["chart", "table"]).optional().catch(undefined),
});
