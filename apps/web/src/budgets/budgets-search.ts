import { z } from "zod";

/** The budget that is open above the list, and whether archived ones are listed. */
export const BudgetsSearch = z.object({
  budget: z.uuid().optional().catch(undefined),
  archived: z.literal(true).optional().catch(undefined),
});
export type BudgetsSearch = z.infer<typeof BudgetsSearch>;
