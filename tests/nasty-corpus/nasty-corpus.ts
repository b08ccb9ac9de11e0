import { rowsOfCalls } from "./rows-of-calls.ts";
import { rowsOfClasses } from "./rows-of-classes.ts";
import { rowsOfPrices } from "./rows-of-prices.ts";
import { rowsOfSizes } from "./rows-of-sizes.ts";
import { rowsOfSessionFiles } from "./rows-of-session-files.ts";
import { rowsOfTotals } from "./rows-of-totals.ts";
import { rowsOfTime } from "./rows-of-time.ts";
import type { NastyRow } from "./support/nasty-row.ts";

/**
 * Every way to miscount that is known to us, in one table. A trap of a CLI feeds what that CLI
 * prints through its driver; a trap of the ledger feeds the records that a machine sends.
 */
export const nastyCorpus: readonly NastyRow[] = [
  ...rowsOfCalls,
  ...rowsOfTotals,
  ...rowsOfClasses,
  ...rowsOfSessionFiles,
  ...rowsOfPrices,
  ...rowsOfTime,
  ...rowsOfSizes,
];
