import { z } from "zod";
import { budgetActions } from "./words.ts";

const ofBudget = { budgetId: z.uuid() };

export const budgetChanges = {
  "budget.created": z.object(ofBudget),
  "budget.updated": z.object(ofBudget),
  "budget.archived": z.object(ofBudget),
  /** Once per window and threshold. */
  "budget.threshold": z.object({
    ...ofBudget,
    percent: z.int(),
    action: z.enum(budgetActions),
    /** When what is spent starts anew; null when it never does. */
    resetsAt: z.iso.datetime().nullable(),
  }),
  /** The limit is reached; with an action other than `notify` no task in scope starts any more. */
  "budget.exhausted": z.object({ ...ofBudget, action: z.enum(budgetActions) }),
  /** There is room again. */
  "budget.lifted": z.object({
    ...ofBudget,
    why: z.enum(["reset", "raised", "corrected", "changed"]),
  }),
};
