import type { RepricingId, TaskId } from "@headcount/contract/kit/ids";
import { prices } from "@headcount/contract/usage/price-routes";
import { totalTokens } from "@headcount/domain/usage/token-counts";
import { command } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { AppliedPrice, LedgerPart } from "../ledger/ledger-part.ts";
import { changeParts } from "./change-parts.ts";
import { type LedgerPlace, placeKey } from "./ledger-place.ts";
import { rowsPerStep } from "./reprice.ts";
import { getRepricing, lockRepricing, type RepricingState } from "./repricing-rows.ts";
import { advanceUndoing, markUndone } from "./store.ts";

export const undoReprice = command(prices.undoReprice, async (ctx, input) => {
  const state = await lockRepricing(ctx, input.repricingId);
  const { id, status } = state.shown;
  if (status === "undone") return state.shown;
  await takeUndoStep(ctx, state);
  const { shown } = await getRepricing(ctx, id);
  ctx.emit({ type: "usage.repriced", entity: { kind: "repricing", id }, data: {} });
  if (status !== "undoing") {
    await ctx.audit({ action: "usage.repricing_undone", target: id, details: shown });
  }
  return shown;
});

type RepricedRow = {
  month: string;
  eventId: string;
  part: number;
  taskId: TaskId | null;
  /** int8 and numeric */
  tokens: string;
  oldPricedPico: string;
  oldCacheSavedPico: string;
  oldUnpricedTokens: string;
  oldIsEstimate: boolean;
  oldIdentity: string | null;
  oldRates: unknown;
  newPricedPico: string;
  newCacheSavedPico: string;
  newUnpricedTokens: string;
  newIsEstimate: boolean;
  newIdentity: string | null;
};

async function takeUndoStep(ctx: WorkspaceContext, state: RepricingState): Promise<void> {
  const { id, status } = state.shown;
  const rows = await readRepriced(ctx, id, status === "undoing" ? state.continuesAt : null);
  const places = rows.map((row) => ({ place: placeOf(row), taskId: row.taskId }));
  const byPlace = new Map(rows.map((row) => [placeKey(placeOf(row)), row]));
  const restored = await changeParts(ctx, places, (place, { part }) => {
    const row = byPlace.get(placeKey(place));
    return row && isAsRepriced(part, row) ? restoredPart(part, row) : null;
  });
  const isRestored = new Set(restored.map(({ place }) => placeKey(place)));
  if (places.length > 0) {
    await markUndone(
      ctx,
      id,
      places.map(({ place }) => ({
        place,
        undo: isRestored.has(placeKey(place)) ? "restored" : "kept",
      })),
    );
  }
  const continuesAt = rows.length === rowsPerStep ? (places.at(-1)?.place ?? null) : null;
  await advanceUndoing(ctx, id, { kept: rows.length - restored.length, continuesAt });
}

function readRepriced(
  ctx: WorkspaceContext,
  id: RepricingId,
  after: LedgerPlace | null,
): Promise<RepricedRow[]> {
  const { sql, workspaceId } = ctx;
  return sql<RepricedRow[]>`
    select to_char(r.month, 'YYYY-MM-DD') as month, r.event_id, r.part, m.task_id, r.tokens,
      r.old_priced_pico, r.old_cache_saved_pico, r.old_unpriced_tokens, r.old_is_estimate,
      old_price.identity as old_identity, old_price.rates as old_rates, r.new_priced_pico,
      r.new_cache_saved_pico, r.new_unpriced_tokens, r.new_is_estimate,
      new_price.identity as new_identity
    from usage_repriced r
    left join usage_events e on e.workspace_id = ${workspaceId} and e.month = r.month
      and e.event_id = r.event_id and e.part = r.part
    left join usage_meters m on m.workspace_id = ${workspaceId} and m.id = e.meter_id
    left join usage_prices old_price on old_price.workspace_id = ${workspaceId}
      and old_price.id = r.old_price_id
    left join usage_prices new_price on new_price.workspace_id = ${workspaceId}
      and new_price.id = r.new_price_id
    where r.workspace_id = ${workspaceId} and r.repricing_id = ${id}
      ${after === null ? sql`` : sql`and (r.month, r.event_id, r.part) > (${after.month}::date, ${after.id}::uuid, ${after.part}::smallint)`}
    order by r.month, r.event_id, r.part limit ${rowsPerStep}`;
}

function placeOf({ month, eventId, part }: RepricedRow): LedgerPlace {
  return { month, id: eventId, part };
}

/** Nothing newer has changed the row. */
function isAsRepriced(part: LedgerPart, row: RepricedRow): boolean {
  return (
    totalTokens(part.tokens) === BigInt(row.tokens) &&
    part.pricedPico === BigInt(row.newPricedPico) &&
    part.cacheSavedPico === BigInt(row.newCacheSavedPico) &&
    part.unpricedTokens === BigInt(row.newUnpricedTokens) &&
    part.isEstimate === row.newIsEstimate &&
    (part.price?.identity ?? null) === row.newIdentity
  );
}

function restoredPart(part: LedgerPart, row: RepricedRow): LedgerPart {
  const price: AppliedPrice | null =
    row.oldIdentity === null ? null : { identity: row.oldIdentity, rates: row.oldRates };
  return {
    ...part,
    pricedPico: BigInt(row.oldPricedPico),
    cacheSavedPico: BigInt(row.oldCacheSavedPico),
    unpricedTokens: BigInt(row.oldUnpricedTokens),
    isEstimate: row.oldIsEstimate,
    price,
  };
}
