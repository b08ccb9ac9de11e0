import { z } from "zod";
import type { TankEntryId, UserId } from "@headcount/contract/kit/ids";
import type { ActorRef } from "@headcount/contract/kit/actors";
import { tank } from "@headcount/contract/tank/routes";
import type { TankEntry } from "@headcount/contract/tank/schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import { viewerOf } from "../agents/viewer.ts";
import { notFound } from "../platform/app-error.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";

const Place = z.object({ id: cursorValue.id });

type EntryRow = {
  id: TankEntryId;
  memberId: UserId | null;
  kind: TankEntry["kind"];
  amount: string;
  filledAfter: string;
  note: string;
  actorType: ActorRef["type"];
  actorId: string | null;
  actorName: string | null;
  at: Date;
  corrects: TankEntryId | null;
};

/** A tank's ledger, newest first; other people's only for admins. */
export const listEntries = query(tank.entries, async (ctx, input) => {
  const memberId = input.member ?? null;
  const viewer = viewerOf(ctx);
  const isOthers = memberId !== null && memberId !== viewer?.userId;
  if (isOthers && !isAdmin(ctx)) throw notFound("tank");
  const after = decodeCursor(input.cursor, Place);
  const older = after ? ctx.sql`and e.id < ${after.id}` : ctx.sql``;
  const items = await readEntries(
    ctx,
    ctx.sql`and k.member_id is not distinct from ${memberId}::uuid ${older}
      order by e.id desc limit ${input.limit + 1}`,
  );
  const page = items.slice(0, input.limit);
  const last = page.at(-1);
  const hasMore = items.length > input.limit && last !== undefined;
  return { items: page, nextCursor: hasMore ? encodeCursor({ id: last.id }) : null };
});

/** Agents never act as admins, whoever stands behind them. */
export function isAdmin({ actor }: Pick<WorkspaceContext, "actor">): boolean {
  return actor.kind === "member" && actor.role !== "member";
}

export async function readEntries(
  ctx: WorkspaceContext,
  where: ReturnType<WorkspaceContext["sql"]>,
): Promise<TankEntry[]> {
  const rows = await ctx.sql<EntryRow[]>`
    select e.id, k.member_id, e.kind, e.amount, e.filled_after, e.note, e.actor_type, e.actor_id,
      u.name as actor_name, e.at, e.corrects
    from tank_entries e
    join tanks k on k.workspace_id = e.workspace_id and k.budget_id = e.budget_id
    left join users u on u.id = e.actor_id
    where e.workspace_id = ${ctx.workspaceId} ${where}`;
  return rows.map(({ actorType, actorId, actorName, at, amount, filledAfter, ...rest }) => ({
    ...rest,
    amount: formatUsd(BigInt(amount)),
    filledAfter: formatUsd(BigInt(filledAfter)),
    actor: { type: actorType, id: actorId, name: actorName ?? "" },
    at: at.toISOString(),
  }));
}
