import { z } from "zod";
import { ActorRef } from "../kit/actors.ts";
import { TankEntryId, UserId } from "../kit/ids.ts";
import { Instant, UsdAmount } from "../kit/values.ts";
import { budgetActions } from "../budgets/words.ts";

/** Percentages of the fuel after the last top-up at which people are told, descending. */
export const lowFuelLevels = [20, 10, 5] as const;

/** US dollars to fill in: more than nothing, to the cent or finer. */
export const TopUpAmount = z.string().regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,6})?$/, {
  error: "is no amount in US dollars above zero, such as 25 or 12.50.",
});

/** What a correction adds or takes away. */
export const CorrectionAmount = z.string().regex(/^-?(?=.*[1-9])\d{1,9}(\.\d{1,6})?$/, {
  error: "is no amount in US dollars, such as 25 or -12.50.",
});

/** How fast a tank empties, from the ledger. */
export const BurnRate = z.object({
  /** US dollars per hour over those hours; `"0"` when nothing was spent. */
  perHour: UsdAmount,
  /** Length of the time that was looked at, hours. */
  hours: z.number().positive(),
});
export type BurnRate = z.infer<typeof BurnRate>;

/**
 * Prepaid money of the workspace, or of one person. What was billed since the first top-up is taken
 * from it, exact at every commit.
 */
export const Tank = z.object({
  /** Whose it is; null for the workspace's. */
  memberId: UserId.nullable(),
  memberName: z.string().nullable(),
  /** What happens while it is empty. */
  action: z.enum(budgetActions),
  /** First top-up: spend counts from here on. */
  since: Instant,
  /** Sum of top-ups and corrections. */
  filled: UsdAmount,
  spent: UsdAmount,
  /** Filled minus spent; negative when the last calls cost more than was left. */
  balance: UsdAmount,
  /** Balance right after the last top-up: what "full" means for the gauge. */
  full: UsdAmount,
  /** Whole percent of `full` that is left, rounded down; 0 when empty. */
  percent: z.int(),
  /** The level of {@link lowFuelLevels} that it is below; null above all of them. */
  lowFuel: z.int().nullable(),
  empty: z.boolean(),
  burn: BurnRate,
  /** When it is empty at that rate; null while nothing burns, or when it is. */
  emptyAt: Instant.nullable(),
  heldTasks: z.int(),
});
export type Tank = z.infer<typeof Tank>;

/** One row of a tank's ledger; nothing is ever changed or removed. */
export const TankEntry = z.object({
  id: TankEntryId,
  memberId: UserId.nullable(),
  kind: z.enum(["top_up", "correction"]),
  amount: UsdAmount,
  /** Sum of all entries up to this one. */
  filledAfter: UsdAmount,
  note: z.string(),
  /** Who paid in or corrected. */
  actor: ActorRef,
  at: Instant,
  /** Entry that this one corrects; null for others. */
  corrects: TankEntryId.nullable(),
});
export type TankEntry = z.infer<typeof TankEntry>;
