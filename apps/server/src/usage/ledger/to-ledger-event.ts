import { bucketOf } from "@headcount/domain/usage/buckets";
import { mapTokens, type TokenCounts } from "@headcount/domain/usage/token-counts";
import type { EarlierParts, LedgerEvent, LedgerPart } from "./ledger-part.ts";
import type { MeterDimensions } from "./meter.ts";

type Figures = {
  /** int8 */
  input: string;
  cacheRead: string;
  cacheWrite5m: string;
  cacheWrite1h: string | null;
  output: string;
  reasoning: string | null;
  pricedPico: string;
  unpricedTokens: string | null;
  reportedCostPico: string | null;
};

/** Sums over rows that are not read one by one. */
export type EarlierRow = Figures & {
  eventId: string;
  count: number;
  lastPart: number;
  /** int8 */
  revision: string | null;
};

/** A row of the ledger, with its meter and its price. */
export type PartRow = Figures &
  MeterDimensions & {
    eventId: string;
    part: number;
    cumulative: boolean;
    usedAt: Date;
    priceIdentity: string | null;
    priceRates: unknown;
    costIsEstimate: boolean;
    reportedCostBasis: "billed" | "estimated" | null;
    raw: unknown;
    /** int8 */
    revision: string | null;
    cacheSavedPico: string;
  };

/**
 * An event from its rows, oldest first.
 * @param before what rows before these come to
 */
export function toLedgerEvent(rows: readonly PartRow[], before: EarlierRow | null): LedgerEvent {
  const earlier = before && toEarlier(before);
  const [first] = rows;
  if (first === undefined) throw new Error("An event has a row at least");
  const revision = rows
    .map((row) => BigInt(row.revision ?? 0))
    .reduce(largest, earlier?.revision ?? 0n);
  const { eventId: id, cumulative } = first;
  return { id, meter: toMeter(first), cumulative, revision, parts: rows.map(toPart), earlier };
}

function toEarlier(row: EarlierRow): EarlierParts {
  const { count, lastPart, revision } = row;
  return { count, lastPart, revision: BigInt(revision ?? 0), ...toFigures(row) };
}

function toMeter(row: PartRow): MeterDimensions {
  const { kind, month, taskId, sessionKey, lease, provider, model, role, source } = row;
  const { billingMode, failureClass, issueId, projectId, agentId, runtimeId, memberId } = row;
  const key = { kind, month, taskId, sessionKey, lease, provider, model, role, source };
  const place = { issueId, projectId, agentId, runtimeId, memberId };
  return { ...key, billingMode, failureClass, ...place };
}

function toFigures(
  row: Figures,
): Pick<LedgerPart, "tokens" | "pricedPico" | "unpricedTokens" | "reportedPico"> {
  const counts: Readonly<Record<keyof TokenCounts, string>> = {
    input: row.input,
    cacheRead: row.cacheRead,
    cacheWrite5m: row.cacheWrite5m,
    cacheWrite1h: row.cacheWrite1h ?? "0",
    output: row.output,
    reasoning: row.reasoning ?? "0",
  };
  return {
    tokens: mapTokens((member) => BigInt(counts[member])),
    pricedPico: BigInt(row.pricedPico),
    unpricedTokens: BigInt(row.unpricedTokens ?? 0),
    reportedPico: row.reportedCostPico === null ? null : BigInt(row.reportedCostPico),
  };
}

function toPart(row: PartRow): LedgerPart {
  const { priceIdentity: identity, priceRates: rates } = row;
  return {
    part: row.part,
    bucketAt: bucketOf(row.usedAt),
    usedAt: row.usedAt,
    ...toFigures(row),
    cacheSavedPico: BigInt(row.cacheSavedPico),
    reportedBasis: row.reportedCostBasis,
    price: identity === null ? null : { identity, rates },
    isEstimate: row.costIsEstimate,
    raw: row.raw,
  };
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
