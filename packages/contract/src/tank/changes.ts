import { z } from "zod";
import { budgetActions } from "../budgets/words.ts";

/** Whose; null for the workspace's. */
const ofTank = { memberId: z.uuid().nullable() };

export const tankChanges = {
  "tank.filled": z.object(ofTank),
  "tank.settings": z.object({ ...ofTank, action: z.enum(budgetActions) }),
  /** Once per level until the next top-up. */
  "tank.low": z.object({ ...ofTank, percent: z.int() }),
  "tank.empty": z.object({ ...ofTank, action: z.enum(budgetActions) }),
};
