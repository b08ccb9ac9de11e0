import { addTokens, totalTokens } from "@headcount/domain/usage/token-counts";
import type { LedgerEvent, LedgerPart } from "./ledger-part.ts";

/** What a running total has grown by, and when; what is reported and on which basis holds for all of it. */
export type Increase = Omit<LedgerPart, "part">;

/** How far apart increases may be and still be one row. */
const stepMs = {
  /** The narrowest width that charts draw. */
  second: 1_000,
  minute: 60_000,
  /** Of a bucket: a row belongs to one. */
  quarter: 15 * 60_000,
};
/** A booking reads the rows of its minute; what is read here would be read for each of them. */
const rowsBySecond = 1_000;
/** Rows are numbered up to 32,767: so many are reached in two weeks, and the others last for months. */
const rowsByMinute = 20_000;

/**
 * From where on rows have to be read for what grows at a time. The last row is read besides, which
 * is the one that a very long run goes on with.
 */
export function rowsTouchedFrom(usedAtMs: number): Date {
  return new Date(Math.floor(usedAtMs / stepMs.minute) * stepMs.minute);
}

/** Puts an increase into its place among the rows. */
export function growParts(stored: LedgerEvent, increase: Increase): readonly LedgerPart[] {
  const { parts } = stored;
  const added = { part: nextNumber(stored), ...placed(stored, increase) };
  const widthMs = widthOf(stored);
  const stepOf = ({ usedAt }: LedgerPart): number => Math.floor(usedAt.getTime() / widthMs);
  // The latest of them, so that no other one is between the two and the order stays.
  const joined = parts.findLast((part) => stepOf(part) === stepOf(added));
  const grown = joined
    ? parts.map((part) => (part === joined ? merged(part, added) : part))
    : [...parts, added].toSorted((a, b) => a.usedAt.getTime() - b.usedAt.getTime());
  const { reportedPico, reportedBasis } = increase;
  return grown.map((part) => ({
    ...part,
    reportedPico: reportedPico === null ? null : (part.reportedPico ?? 0n),
    reportedBasis,
  }));
}

function widthOf({ parts, earlier }: LedgerEvent): number {
  const rows = parts.length + (earlier?.count ?? 0);
  if (rows < rowsBySecond) return stepMs.second;
  return rows < rowsByMinute ? stepMs.minute : stepMs.quarter;
}

function nextNumber({ parts, earlier }: LedgerEvent): number {
  return Math.max(earlier?.lastPart ?? 0, ...parts.map(({ part }) => part)) + 1;
}

/**
 * Where an increase belongs. A cost that comes without tokens is about those before it: in a row
 * of its own it would count beside their price.
 */
function placed({ parts }: LedgerEvent, increase: Increase): Increase {
  const latest = parts.at(-1);
  if (latest === undefined || totalTokens(increase.tokens) > 0n) return increase;
  return { ...increase, bucketAt: latest.bucketAt, usedAt: latest.usedAt };
}

function merged(part: LedgerPart, increase: Increase): LedgerPart {
  return {
    part: part.part,
    bucketAt: part.bucketAt,
    usedAt: increase.usedAt > part.usedAt ? increase.usedAt : part.usedAt,
    tokens: addTokens(part.tokens, increase.tokens),
    pricedPico: part.pricedPico + increase.pricedPico,
    cacheSavedPico: part.cacheSavedPico + increase.cacheSavedPico,
    unpricedTokens: part.unpricedTokens + increase.unpricedTokens,
    reportedPico: (part.reportedPico ?? 0n) + (increase.reportedPico ?? 0n),
    reportedBasis: increase.reportedBasis,
    price: increase.price ?? part.price,
    isEstimate: part.isEstimate || increase.isEstimate,
    raw: increase.raw,
  };
}
