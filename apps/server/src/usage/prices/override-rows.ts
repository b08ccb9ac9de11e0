import type { PriceOverrideId, UserId } from "@headcount/contract/kit/ids";
import type { PriceOverride } from "@headcount/contract/usage/price-schemas";
import { notFound } from "../../platform/app-error.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { usdPerMillion } from "./price-per-class.ts";

/** A row of `usage_price_overrides`; rates are int8, pico-dollars per token. */
export type OverrideRow = {
  readonly id: PriceOverrideId;
  readonly provider: string;
  readonly model: string;
  readonly input: string;
  readonly cacheRead: string | null;
  readonly cacheWrite5m: string | null;
  readonly cacheWrite1h: string | null;
  readonly output: string;
  readonly reasoning: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly note: string;
  readonly createdAt: Date;
  readonly createdBy: UserId | null;
  readonly endedAt: Date | null;
  readonly endedBy: UserId | null;
};

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** All of them, also those that have ended, newest first. */
export async function readOverrideRows(
  ctx: Ctx,
  id: PriceOverrideId | null = null,
): Promise<OverrideRow[]> {
  return ctx.sql<OverrideRow[]>`
    select id, provider, model, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
      starts_at, ends_at, note, created_at, created_by, ended_at, ended_by
    from usage_price_overrides
    where workspace_id = ${ctx.workspaceId} ${id === null ? ctx.sql`` : ctx.sql`and id = ${id}`}
    order by id desc`;
}

export async function getOverrideRow(ctx: Ctx, id: PriceOverrideId): Promise<OverrideRow> {
  const [row] = await readOverrideRows(ctx, id);
  if (!row) throw notFound("price_override");
  return row;
}

export function toPriceOverride(row: OverrideRow, now: Date): PriceOverride {
  const { id, provider, model, note, createdBy, endedBy, startsAt, endsAt } = row;
  return {
    id,
    provider,
    model,
    rates: {
      input: usdPerMillion(row.input),
      cacheRead: usdPerMillion(row.cacheRead),
      cacheWrite5m: usdPerMillion(row.cacheWrite5m),
      cacheWrite1h: usdPerMillion(row.cacheWrite1h),
      output: usdPerMillion(row.output),
      reasoning: usdPerMillion(row.reasoning),
    },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    note,
    inForce: startsAt <= now && (endsAt === null || now < endsAt),
    createdAt: row.createdAt.toISOString(),
    createdBy,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy,
  };
}
