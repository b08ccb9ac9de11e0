import type { RepricingId, UserId } from "@headcount/contract/kit/ids";
import type { Repricing } from "@headcount/contract/usage/price-schemas";
import { notFound } from "../../platform/app-error.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { LedgerPlace } from "./ledger-place.ts";
import { RepricingFilter } from "./repricing-filter.ts";
import { type RepricingSums, toShownSums } from "./repricing-sums.ts";

export type RepricingState = {
  readonly shown: Repricing;
  readonly filter: RepricingFilter;
  /** Last row that was looked at; null before the first step, and after the last one. */
  readonly continuesAt: LedgerPlace | null;
};

type Row = {
  id: RepricingId;
  createdAt: Date;
  createdBy: UserId | null;
  filter: unknown;
  continuesAt: unknown;
  finishedAt: Date | null;
  undoneAt: Date | null;
  undoneBy: UserId | null;
  undoFinishedAt: Date | null;
  /** int8 and numeric */
  keptEvents: string;
  events: string;
  tokens: string;
  costBeforePico: string;
  costAfterPico: string;
  notionalBeforePico: string;
  notionalAfterPico: string;
};

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Acts of pricing anew, newest first. */
export async function readRepricings(
  ctx: Ctx,
  id: RepricingId | null = null,
): Promise<RepricingState[]> {
  const rows = await ctx.sql<Row[]>`
    select id, created_at, created_by, filter, continues_at, finished_at, undone_at, undone_by,
      undo_finished_at, kept_events, events, tokens, cost_before_pico, cost_after_pico,
      notional_before_pico, notional_after_pico
    from usage_repricings
    where workspace_id = ${ctx.workspaceId} ${id === null ? ctx.sql`` : ctx.sql`and id = ${id}`}
    order by id desc limit 200`;
  return rows.map(toState);
}

export async function getRepricing(ctx: Ctx, id: RepricingId): Promise<RepricingState> {
  const [state] = await readRepricings(ctx, id);
  if (!state) throw notFound("repricing");
  return state;
}

/** The same for a caller that is going to take a step: one step of an act at a time. */
export async function lockRepricing(ctx: Ctx, id: RepricingId): Promise<RepricingState> {
  await ctx.sql`
    select 1 from usage_repricings
    where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
  return getRepricing(ctx, id);
}

function toState(row: Row): RepricingState {
  const filter = RepricingFilter.parse(row.filter);
  return {
    filter,
    continuesAt: row.continuesAt === null ? null : LedgerPlace.parse(row.continuesAt),
    shown: {
      id: row.id,
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy,
      filter,
      ...toShownSums(sumsOf(row)),
      status: statusOf(row),
      undoneAt: row.undoneAt?.toISOString() ?? null,
      undoneBy: row.undoneBy,
      keptEvents: Number(row.keptEvents),
    },
  };
}

function statusOf({ finishedAt, undoneAt, undoFinishedAt }: Row): Repricing["status"] {
  if (undoneAt !== null) return undoFinishedAt === null ? "undoing" : "undone";
  return finishedAt === null ? "partial" : "done";
}

function sumsOf(row: Row): RepricingSums {
  return {
    events: BigInt(row.events),
    tokens: BigInt(row.tokens),
    costBeforePico: BigInt(row.costBeforePico),
    costAfterPico: BigInt(row.costAfterPico),
    notionalBeforePico: BigInt(row.notionalBeforePico),
    notionalAfterPico: BigInt(row.notionalAfterPico),
  };
}
