import type { PriceOverrideId, UserId } from "@headcount/contract/kit/ids";
import type { TokenClass } from "@headcount/domain/usage/token-counts";
import { effectiveUserId, type WorkspaceContext } from "../../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "actor">;

export type NewOverride = {
  readonly id: PriceOverrideId;
  readonly provider: string;
  readonly model: string;
  /** Pico-dollars per token. */
  readonly rates: Readonly<Record<TokenClass | "reasoning", bigint | null>>;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly note: string;
};

export async function insertOverride(ctx: Ctx, override: NewOverride): Promise<void> {
  const { id, provider, model, rates, startsAt, endsAt, note } = override;
  const revision = await nextRevision(ctx);
  const pico = (tokenClass: keyof typeof rates): string | null =>
    rates[tokenClass]?.toString() ?? null;
  await ctx.sql`
    insert into usage_price_overrides (workspace_id, id, revision, provider, model, input,
      cache_read, cache_write_5m, cache_write_1h, output, reasoning, starts_at, ends_at, note,
      created_at, created_by)
    values (${ctx.workspaceId}, ${id}, ${revision}, ${provider}, ${model}, ${pico("input")},
      ${pico("cacheRead")}, ${pico("cacheWrite5m")}, ${pico("cacheWrite1h")}, ${pico("output")},
      ${pico("reasoning")}, ${startsAt}, ${endsAt}, ${note}, ${ctx.now}, ${actingUser(ctx)})`;
}

export async function endOverrideRow(ctx: Ctx, id: PriceOverrideId, endsAt: Date): Promise<void> {
  const revision = await nextRevision(ctx);
  await ctx.sql`
    update usage_price_overrides set ends_at = ${endsAt}, ended_at = ${ctx.now},
      ended_by = ${actingUser(ctx)}, revision = ${revision}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

/** Changes of prices come one after another, so that the highest revision is the latest change. */
async function nextRevision(ctx: Ctx): Promise<number> {
  await ctx.sql`select 1 from workspaces where workspace_id = ${ctx.workspaceId} for no key update`;
  const [row] = await ctx.sql<{ next: number }[]>`
    select coalesce(max(revision), 0) + 1 as next from usage_price_overrides
    where workspace_id = ${ctx.workspaceId}`;
  return row?.next ?? 1;
}

function actingUser(ctx: Ctx): UserId | null {
  return effectiveUserId(ctx.actor);
}
