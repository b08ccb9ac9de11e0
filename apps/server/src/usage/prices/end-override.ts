import { prices } from "@headcount/contract/usage/price-routes";
import { AppError } from "../../platform/app-error.ts";
import { command } from "../../platform/command.ts";
import { getOverrideRow, toPriceOverride } from "./override-rows.ts";
import { endOverrideRow } from "./store.ts";

export const endPriceOverride = command(prices.endOverride, async (ctx, input) => {
  await ctx.sql`
    select 1 from usage_price_overrides
    where workspace_id = ${ctx.workspaceId} and id = ${input.overrideId} for update`;
  const before = await getOverrideRow(ctx, input.overrideId);
  if (before.endsAt !== null && before.endsAt <= ctx.now) {
    throw new AppError("conflict", "This price has ended already.", {
      reason: "price_override.already_ended",
      details: { endsAt: before.endsAt.toISOString() },
    });
  }
  const stated = input.endsAt === undefined ? null : new Date(input.endsAt);
  if (stated !== null && stated < before.startsAt) {
    throw new AppError("invalid", "The price would end before it starts. State a later end.", {
      reason: "price_override.period_empty",
      details: { startsAt: before.startsAt.toISOString() },
    });
  }
  const now = ctx.now < before.startsAt ? before.startsAt : ctx.now;
  await endOverrideRow(ctx, before.id, stated ?? now);
  ctx.emit({ type: "price.ended", entity: { kind: "price_override", id: before.id }, data: {} });
  const after = toPriceOverride(await getOverrideRow(ctx, before.id), ctx.now);
  await ctx.audit({
    action: "price.ended",
    target: before.id,
    details: { provider: after.provider, model: after.model, endsAt: after.endsAt },
  });
  return after;
});
