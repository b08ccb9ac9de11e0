import { z } from "zod";

/** Where a row of the ledger stands; rows are walked in the order of month, event and part. */
export const LedgerPlace = z.object({
  /** `YYYY-MM-01` */
  month: z.iso.date(),
  id: z.guid(),
  part: z.int(),
});
export type LedgerPlace = z.infer<typeof LedgerPlace>;

/** The same for the same row, another one for any other. */
export function placeKey({ month, id, part }: LedgerPlace): string {
  return `${month} ${id} ${part}`;
}
