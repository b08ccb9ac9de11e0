import type { RepricingId } from "@headcount/contract/kit/ids";
import { prices } from "@headcount/contract/usage/price-routes";
import { chooseCost } from "@headcount/domain/usage/choose-cost";
import { totalTokens } from "@headcount/domain/usage/token-counts";
import { AppError } from "../../platform/app-error.ts";
import { command } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { readPriceBook } from "../prices/read-price-book.ts";
import { changeParts, type FoundPart } from "./change-parts.ts";
import { findCandidates } from "./find-candidates.ts";
import { type PartToPrice, pricePart } from "./price-part.ts";
import { toRepricingFilter } from "./repricing-filter.ts";
import { getRepricing, lockRepricing, type RepricingState } from "./repricing-rows.ts";
import { addRepriced, noRepricing, type RepricingSums } from "./repricing-sums.ts";
import { advanceRepricing, insertRepriced, insertRepricing } from "./store.ts";

/** Bounds how long a call holds the tasks that it changes. */
export const rowsPerStep = 5_000;

export const reprice = command(prices.reprice, async (ctx, input) => {
  const isNew = input.repricingId === undefined;
  const id = input.repricingId ?? ctx.newId<RepricingId>();
  if (isNew) await insertRepricing(ctx, id, toRepricingFilter(input));
  const state = await lockRepricing(ctx, id);
  if (state.shown.status === "undoing" || state.shown.status === "undone") {
    throw new AppError("conflict", "This has been undone. Begin anew.", {
      reason: "repricing.undone",
    });
  }
  if (state.shown.status === "done") return state.shown;
  await takeStep(ctx, state);
  const { shown } = await getRepricing(ctx, id);
  ctx.emit({ type: "usage.repriced", entity: { kind: "repricing", id }, data: {} });
  if (isNew) await auditAct(ctx, "usage.repricing_started", state.shown.id, state.filter);
  if (shown.status === "done") await auditAct(ctx, "usage.repriced", id, shown);
  return shown;
});

async function takeStep(ctx: WorkspaceContext, state: RepricingState): Promise<void> {
  const { filter, shown } = state;
  const book = await readPriceBook(ctx);
  const limit = rowsPerStep;
  const rows = await findCandidates(ctx, filter, { after: state.continuesAt, limit });
  let sums: RepricingSums = noRepricing;
  const changed = await changeParts(ctx, rows, (_, found) => {
    // Somebody may have priced it while this waited for its task.
    if (!filter.all && chooseCost(found.part).unpricedTokens === 0n) return null;
    const part = toPrice(found);
    const anew = pricePart(book, part);
    if (anew === "same" || anew === "no_price") return null;
    sums = addRepriced(sums, part, anew);
    return { ...found.part, ...anew };
  });
  if (changed.length > 0) {
    await insertRepriced(
      ctx,
      shown.id,
      changed.map((row) => ({ ...row, tokens: totalTokens(row.before.tokens) })),
    );
  }
  const continuesAt = rows.length === limit ? (rows.at(-1)?.place ?? null) : null;
  await advanceRepricing(ctx, shown.id, { sums, continuesAt });
}

function toPrice({ event, part }: FoundPart): PartToPrice {
  const { provider, model, billingMode } = event.meter;
  return { provider, model, billingMode, cumulative: event.cumulative, figures: part };
}

async function auditAct(
  ctx: WorkspaceContext,
  action: string,
  target: RepricingId,
  details: Record<string, unknown>,
): Promise<void> {
  await ctx.audit({ action, target, details });
}
