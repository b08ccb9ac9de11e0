import type { PriceOverrideId } from "@headcount/contract/kit/ids";
import { prices } from "@headcount/contract/usage/price-routes";
import { picoPerToken } from "@headcount/domain/usage/pico-per-token";
import { AppError } from "../../platform/app-error.ts";
import { command } from "../../platform/command.ts";
import { getOverrideRow, toPriceOverride } from "./override-rows.ts";
import { insertOverride } from "./store.ts";

/** All of them are kept in memory beside the catalogue. */
const mostOverrides = 2_000;

export const setPriceOverride = command(prices.setOverride, async (ctx, input) => {
  const { provider, model, rates, note } = input;
  const startsAt = input.startsAt === undefined ? ctx.now : new Date(input.startsAt);
  const endsAt = input.endsAt === null ? null : new Date(input.endsAt);
  if (endsAt !== null && endsAt <= startsAt) {
    throw new AppError("invalid", "The price ends before it starts. State a later end.", {
      reason: "price_override.period_empty",
    });
  }
  const id = ctx.newId<PriceOverrideId>();
  await insertOverride(ctx, {
    id,
    provider: provider.toLowerCase(),
    model: model.toLowerCase(),
    rates: {
      input: picoPerToken(rates.input),
      cacheRead: picoOrNull(rates.cacheRead),
      cacheWrite5m: picoOrNull(rates.cacheWrite5m),
      cacheWrite1h: picoOrNull(rates.cacheWrite1h),
      output: picoPerToken(rates.output),
      reasoning: picoOrNull(rates.reasoning),
    },
    startsAt,
    endsAt,
    note,
  });
  await refuseTooMany(ctx);
  ctx.emit({ type: "price.set", entity: { kind: "price_override", id }, data: {} });
  const override = toPriceOverride(await getOverrideRow(ctx, id), ctx.now);
  const { startsAt: from, endsAt: to } = override;
  await ctx.audit({
    action: "price.set",
    target: id,
    details: { provider: override.provider, model: override.model, rates, from, to, note },
  });
  return override;
});

function picoOrNull(usdPerMillion: string | null): bigint | null {
  return usdPerMillion === null ? null : picoPerToken(usdPerMillion);
}

async function refuseTooMany(ctx: Parameters<typeof getOverrideRow>[0]): Promise<void> {
  const [row] = await ctx.sql<{ count: number }[]>`
    select count(*)::int as count from usage_price_overrides
    where workspace_id = ${ctx.workspaceId}`;
  if ((row?.count ?? 0) <= mostOverrides) return;
  throw new AppError("conflict", `A workspace has at most ${mostOverrides} prices of its own.`, {
    reason: "price_override.too_many",
  });
}
