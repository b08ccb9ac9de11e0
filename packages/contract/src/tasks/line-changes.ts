import { z } from "zod";

/**
 * What a run changed in its work directory, from how it found it to how it left it: committed,
 * uncommitted and untracked. Generated, vendored and lock files are not in it; a binary file counts
 * as a file without lines.
 */
export const LineChanges = z.object({
  linesAdded: z.int().nonnegative(),
  linesDeleted: z.int().nonnegative(),
  filesChanged: z.int().nonnegative(),
});
export type LineChanges = z.infer<typeof LineChanges>;
