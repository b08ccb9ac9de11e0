import type { LedgerPart } from "./ledger-part.ts";
import type { EventChange } from "./net-change.ts";

/** The earliest time of which events say something else than they did; never empty changes. */
export function revisedFrom(changes: readonly EventChange[]): Date {
  const revised = changes.flatMap(({ before, after }) =>
    before === null ? after.parts : different(before.parts, after.parts),
  );
  // Where no figure differs, something else was corrected: all of it may be counted elsewhere.
  const parts = revised.length > 0 ? revised : changes.flatMap(({ after }) => after.parts);
  return new Date(parts.reduce((least, { usedAt }) => Math.min(least, usedAt.getTime()), Infinity));
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
