/**
 * Compares order keys bytewise, as the database does with collation "C". Keys are ASCII, so
 * JavaScript's comparison by code unit is the same order.
 */
export function compareOrderKeys(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
