import type { BudgetId, TankEntryId, UserId } from "@headcount/contract/kit/ids";
import { tank } from "@headcount/contract/tank/routes";
import { parseUsd } from "@headcount/domain/usage/money";
import { lockBudgets } from "../budgets/lock-budgets.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { fillTank } from "./fill-tank.ts";
import { openTank } from "./open-tank.ts";
import { readEntries } from "./list-entries.ts";
import { findTank } from "./read-tanks.ts";
import { toTank } from "./to-tank.ts";

/** Pays in. The first top-up opens the tank: spend counts from then on. */
export const topUpTank = command(tank.topUp, async (ctx, input) => {
  await lockBudgets(ctx);
  const { member: memberId, note, key } = input;
  const amount = picoOf(input.amount);
  const known = await findByKey(ctx, key);
  if (known) {
    assertSame(known, { kind: "top_up", memberId, amount, corrects: null });
    return reply(ctx, known.id, memberId);
  }
  const opened = (await findTank(ctx, memberId)) ?? (await openTank(ctx, memberId));
  const id = await fillTank(ctx, opened, { kind: "top_up", amount, note, key, corrects: null });
  return reply(ctx, id, memberId);
});

/** Puts an entry right with another one; the first stays as it was. */
export const correctTank = command(tank.correct, async (ctx, input) => {
  await lockBudgets(ctx);
  const { corrects, note, key } = input;
  const amount = picoOf(input.amount);
  const wrong = await findEntry(ctx, ctx.sql`and e.id = ${corrects}`);
  if (!wrong) throw notFound("entry");
  const { memberId } = wrong;
  const known = await findByKey(ctx, key);
  if (known) {
    assertSame(known, { kind: "correction", memberId, amount, corrects });
    return reply(ctx, known.id, memberId);
  }
  const state = await findTank(ctx, memberId);
  if (!state) throw notFound("tank");
  const id = await fillTank(ctx, state, { kind: "correction", amount, note, key, corrects });
  return reply(ctx, id, memberId);
});

type KnownEntry = {
  readonly id: TankEntryId;
  readonly budgetId: BudgetId;
  readonly memberId: UserId | null;
  readonly kind: "top_up" | "correction";
  /** Numeric, pico-dollars. */
  readonly amount: string;
  readonly corrects: TankEntryId | null;
};

const findByKey = (ctx: WorkspaceContext, key: string): Promise<KnownEntry | null> =>
  findEntry(ctx, ctx.sql`and e.key = ${key}`);

async function findEntry(
  ctx: WorkspaceContext,
  where: ReturnType<WorkspaceContext["sql"]>,
): Promise<KnownEntry | null> {
  const [row] = await ctx.sql<KnownEntry[]>`
    select e.id, e.budget_id, k.member_id, e.kind, e.amount, e.corrects
    from tank_entries e
    join tanks k on k.workspace_id = e.workspace_id and k.budget_id = e.budget_id
    where e.workspace_id = ${ctx.workspaceId} ${where}`;
  return row ?? null;
}

/** @throws conflict when the key was used for something else */
function assertSame(
  known: KnownEntry,
  wanted: Pick<KnownEntry, "kind" | "memberId" | "corrects"> & { readonly amount: bigint },
): void {
  const isSame =
    known.kind === wanted.kind &&
    known.memberId === wanted.memberId &&
    known.corrects === wanted.corrects &&
    BigInt(known.amount) === wanted.amount;
  if (isSame) return;
  throw new AppError("conflict", "This key was used for another entry. Choose a new one.", {
    reason: "tank.key_reused",
  });
}

async function reply(ctx: WorkspaceContext, id: TankEntryId, memberId: UserId | null) {
  const [entry] = await readEntries(ctx, ctx.sql`and e.id = ${id}`);
  const state = await findTank(ctx, memberId);
  if (!entry || !state) throw notFound("tank");
  return { entry, tank: await toTank(ctx, state) };
}

function picoOf(amount: string): bigint {
  const pico = parseUsd(amount);
  if (!pico.ok) throw new Error(`The route lets no amount like ${amount} through`);
  return pico.value;
}
