import type { RepricingId } from "@headcount/contract/kit/ids";
import { effectiveUserId, type WorkspaceContext } from "../../platform/context.ts";
import type { LedgerPart } from "../ledger/ledger-part.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import type { RepricingFilter } from "./repricing-filter.ts";
import type { RepricingSums } from "./repricing-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "actor">;

export async function insertRepricing(
  ctx: Ctx,
  id: RepricingId,
  filter: RepricingFilter,
): Promise<void> {
  await ctx.sql`
    insert into usage_repricings (workspace_id, id, created_at, created_by, filter)
    values (${ctx.workspaceId}, ${id}, ${ctx.now}, ${effectiveUserId(ctx.actor)},
      ${ctx.sql.json(filter)})`;
}

/** Adds what a step has changed, and says where the next one begins; null when there is none. */
export async function advanceRepricing(
  ctx: Ctx,
  id: RepricingId,
  step: { readonly sums: RepricingSums; readonly continuesAt: LedgerPlace | null },
): Promise<void> {
  const { sums, continuesAt } = step;
  await ctx.sql`
    update usage_repricings set events = events + ${sums.events.toString()}::bigint,
      tokens = tokens + ${sums.tokens.toString()}::numeric,
      cost_before_pico = cost_before_pico + ${sums.costBeforePico.toString()}::numeric,
      cost_after_pico = cost_after_pico + ${sums.costAfterPico.toString()}::numeric,
      notional_before_pico = notional_before_pico + ${sums.notionalBeforePico.toString()}::numeric,
      notional_after_pico = notional_after_pico + ${sums.notionalAfterPico.toString()}::numeric,
      continues_at = ${continuesAt === null ? null : ctx.sql.json(continuesAt)},
      finished_at = ${continuesAt === null ? ctx.now : null}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

/** The same for a step of undoing it. */
export async function advanceUndoing(
  ctx: Ctx,
  id: RepricingId,
  step: { readonly kept: number; readonly continuesAt: LedgerPlace | null },
): Promise<void> {
  const { kept, continuesAt } = step;
  await ctx.sql`
    update usage_repricings set kept_events = kept_events + ${kept},
      undone_at = coalesce(undone_at, ${ctx.now}::timestamptz),
      undone_by = coalesce(undone_by, ${effectiveUserId(ctx.actor)}::uuid),
      continues_at = ${continuesAt === null ? null : ctx.sql.json(continuesAt)},
      undo_finished_at = ${continuesAt === null ? ctx.now : null}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

export type RepricedPart = {
  readonly place: LedgerPlace;
  readonly before: LedgerPart;
  readonly after: LedgerPart;
};

/** Keeps what rows said before and after; their prices are stored already. */
export async function insertRepriced(
  ctx: Ctx,
  id: RepricingId,
  rows: readonly (RepricedPart & { readonly tokens: bigint })[],
): Promise<void> {
  const column = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
  const pico = (of: (row: RepricedPart) => bigint): string[] =>
    rows.map((row) => of(row).toString());
  await ctx.sql`
    insert into usage_repriced (workspace_id, repricing_id, month, event_id, part, tokens,
      old_priced_pico, old_cache_saved_pico, old_unpriced_tokens, old_price_id, old_is_estimate,
      new_priced_pico, new_cache_saved_pico, new_unpriced_tokens, new_price_id, new_is_estimate)
    select ${ctx.workspaceId}, ${id}, item.month, item.event_id, item.part, item.tokens,
      item.old_priced, item.old_saved, item.old_unpriced, old_price.id, item.old_estimate,
      item.new_priced, item.new_saved, item.new_unpriced, new_price.id, item.new_estimate
    from unnest(${column(({ place }) => place.month)}::date[],
      ${column(({ place }) => place.id)}::uuid[], ${column(({ place }) => place.part)}::smallint[],
      ${column(({ tokens }) => tokens.toString())}::numeric[],
      ${pico(({ before }) => before.pricedPico)}::bigint[],
      ${pico(({ before }) => before.cacheSavedPico)}::bigint[],
      ${pico(({ before }) => before.unpricedTokens)}::bigint[],
      ${column(({ before }) => before.price?.identity ?? null)}::text[],
      ${column(({ before }) => String(before.isEstimate))}::boolean[],
      ${pico(({ after }) => after.pricedPico)}::bigint[],
      ${pico(({ after }) => after.cacheSavedPico)}::bigint[],
      ${pico(({ after }) => after.unpricedTokens)}::bigint[],
      ${column(({ after }) => after.price?.identity ?? null)}::text[],
      ${column(({ after }) => String(after.isEstimate))}::boolean[])
      as item(month, event_id, part, tokens, old_priced, old_saved, old_unpriced, old_identity,
        old_estimate, new_priced, new_saved, new_unpriced, new_identity, new_estimate)
    left join usage_prices old_price on old_price.workspace_id = ${ctx.workspaceId}
      and old_price.identity = item.old_identity
    left join usage_prices new_price on new_price.workspace_id = ${ctx.workspaceId}
      and new_price.identity = item.new_identity`;
}

/** Says what undoing did with rows. */
export async function markUndone(
  ctx: Ctx,
  id: RepricingId,
  rows: readonly { readonly place: LedgerPlace; readonly undo: "restored" | "kept" }[],
): Promise<void> {
  await ctx.sql`
    update usage_repriced r set undo = item.undo
    from unnest(${rows.map(({ place }) => place.month)}::date[],
      ${rows.map(({ place }) => place.id)}::uuid[],
      ${rows.map(({ place }) => place.part)}::smallint[],
      ${rows.map(({ undo }) => undo)}::text[]) as item(month, event_id, part, undo)
    where r.workspace_id = ${ctx.workspaceId} and r.repricing_id = ${id}
      and r.month = item.month and r.event_id = item.event_id and r.part = item.part`;
}
