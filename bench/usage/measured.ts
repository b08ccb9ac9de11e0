import type { Acts } from "./acts.ts";
import type { IngestResult } from "./ingest.ts";
import type { NaiveIngest, NaiveReads } from "./naive.ts";
import type { Reading } from "./reads.ts";
import type { Sizes } from "./sizes.ts";

/** Everything that was measured on one history. */
export type Measured = {
  readonly sizes: Sizes;
  readonly reads: readonly Reading[];
  readonly naiveReads: NaiveReads;
  /** Only of the largest history. */
  readonly ingest: readonly IngestResult[];
  readonly naiveIngest: readonly NaiveIngest[];
  readonly acts: Acts | null;
};
