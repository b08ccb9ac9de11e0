import type { LedgerPart } from "./ledger-part.ts";
import { type EventChange, isMoved } from "./net-change.ts";

/** The earliest time of which events say something else than they did; never empty changes. */
export function revisedFrom(changes: readonly EventChange[]): Date {
  const revised = changes.flatMap(revisedParts);
  // Where nothing is counted otherwise, any time will do.
  const parts = revised.length > 0 ? revised : changes.flatMap(({ after }) => after.parts);
  return new Date(parts.reduce((least, { usedAt }) => Math.min(least, usedAt.getTime()), Infinity));
}

function revisedParts({ before, after }: EventChange): readonly LedgerPart[] {
  if (before === null) return after.parts;
  // What counts for another role now does so with every figure.
  if (isMoved(before, after)) return [...before.parts, ...after.parts];
  return different(before.parts, after.parts);
}

/** The parts that only one of the two has. */
function different(
  before: readonly LedgerPart[],
  after: readonly LedgerPart[],
): readonly LedgerPart[] {
  const signatures = {
    before: new Set(before.map(signatureOf)),
    after: new Set(after.map(signatureOf)),
  };
  return [
    ...before.filter((part) => !signatures.after.has(signatureOf(part))),
    ...after.filter((part) => !signatures.before.has(signatureOf(part))),
  ];
}

/** All that sums are made of. */
function signatureOf({ usedAt, tokens, ...part }: LedgerPart): string {
  const { pricedPico, cacheSavedPico, unpricedTokens, reportedPico, reportedBasis } = part;
  const counts = [...Object.values(tokens), pricedPico, cacheSavedPico, unpricedTokens];
  return [usedAt.getTime(), ...counts, reportedPico ?? "none", reportedBasis ?? "none"].join("/");
}
