import { z } from "zod";
import type { RepricingId } from "@headcount/contract/kit/ids";
import type { UsageEventCorrection } from "@headcount/contract/usage/event-schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import { mapTokens, toTokenCount } from "@headcount/domain/usage/token-counts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { toTokenTotals } from "./to-token-totals.ts";

const integer = z.string().regex(/^-?\d+$/);

/** Figures as the ledger keeps them of an event that was corrected. */
const PreviousFigures = z.object({
  tokens: z.object({
    input: integer,
    cacheRead: integer,
    cacheWrite5m: integer,
    cacheWrite1h: integer,
    output: integer,
    reasoning: integer,
  }),
  pricedPico: integer,
  unpricedTokens: integer,
  reportedPico: integer.nullable(),
});

type RepricedRow = {
  repricingId: RepricingId;
  repricedAt: Date;
  /** int8 */
  oldPricedPico: string;
  oldUnpricedTokens: string;
  newPricedPico: string;
  newUnpricedTokens: string;
  oldPriceId: number | null;
  undoneAt: Date | null;
};

/** What an event said, and how it was priced, before; oldest first. */
export async function readCorrections(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  eventId: string,
): Promise<UsageEventCorrection[]> {
  const corrected = await ctx.sql<{ correctedAt: Date; previous: unknown }[]>`
    select corrected_at, previous from usage_corrections
    where workspace_id = ${ctx.workspaceId} and event_id = ${eventId}`;
  const repriced = await ctx.sql<RepricedRow[]>`
    select r.id as repricing_id, r.created_at as repriced_at, e.old_priced_pico,
      e.old_unpriced_tokens, e.new_priced_pico, e.new_unpriced_tokens, e.old_price_id,
      case when e.undo = 'restored' then r.undone_at end as undone_at
    from usage_repriced e
    join usage_repricings r on r.workspace_id = e.workspace_id and r.id = e.repricing_id
    where e.workspace_id = ${ctx.workspaceId} and e.event_id = ${eventId}`;
  const all = [
    ...corrected.map((row) => toCorrection(row.correctedAt, row.previous)),
    ...repriced.flatMap(toRepricings),
  ];
  return all.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

function toCorrection(at: Date, stored: unknown): UsageEventCorrection {
  const previous = PreviousFigures.parse(stored);
  const { tokens, pricedPico, unpricedTokens, reportedPico } = previous;
  const counts = mapTokens((member) => BigInt(tokens[member]));
  const isPriced = pricedPico !== "0" || unpricedTokens === "0";
  return {
    at: at.toISOString(),
    kind: "corrected",
    tokens: toTokenTotals(counts),
    pricedUsd: isPriced ? formatUsd(BigInt(pricedPico)) : null,
    reportedUsd: reportedPico === null ? null : formatUsd(BigInt(reportedPico)),
    unpricedTokens: toTokenCount(BigInt(unpricedTokens)),
    repricingId: null,
  };
}

function toRepricings(row: RepricedRow): UsageEventCorrection[] {
  const only = { tokens: null, reportedUsd: null, repricingId: row.repricingId };
  const repriced: UsageEventCorrection = {
    ...only,
    at: row.repricedAt.toISOString(),
    kind: "repriced",
    pricedUsd: row.oldPriceId === null ? null : formatUsd(BigInt(row.oldPricedPico)),
    unpricedTokens: toTokenCount(BigInt(row.oldUnpricedTokens)),
  };
  if (row.undoneAt === null) return [repriced];
  const undone: UsageEventCorrection = {
    ...only,
    at: row.undoneAt.toISOString(),
    kind: "repricing_undone",
    pricedUsd: formatUsd(BigInt(row.newPricedPico)),
    unpricedTokens: toTokenCount(BigInt(row.newUnpricedTokens)),
  };
  return [repriced, undone];
}
