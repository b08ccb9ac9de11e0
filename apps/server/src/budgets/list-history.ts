import { z } from "zod";
import type { ActorRef } from "@headcount/contract/kit/actors";
import type { BudgetEvent } from "@headcount/contract/budgets/schemas";
import { budgets } from "@headcount/contract/budgets/routes";
import { query } from "../platform/command.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { getVisibleBudget } from "./visible-budgets.ts";

type Row = {
  readonly id: string;
  readonly at: Date;
  readonly kind: BudgetEvent["kind"];
  readonly actorType: ActorRef["type"];
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly details: Partial<BudgetEvent>;
};

const place = z.object({ id: cursorValue.id });

/** Who changed a budget and what it did, newest first. */
export const listBudgetHistory = query(budgets.history, async (ctx, input) => {
  const { id } = await getVisibleBudget(ctx, input.budgetId);
  const after = decodeCursor(input.cursor, place);
  const rows = await ctx.sql<Row[]>`
    select e.id, e.at, e.kind, e.actor_type, e.actor_id, u.name as actor_name, e.details
    from budget_events e
    left join users u on e.actor_type = 'member' and u.id::text = e.actor_id
    where e.workspace_id = ${ctx.workspaceId} and e.budget_id = ${id}
      and ${after ? ctx.sql`e.id < ${after.id}` : ctx.sql`true`}
    order by e.id desc limit ${input.limit + 1}`;
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map(toEvent),
    nextCursor: rows.length > page.length && last ? encodeCursor({ id: last.id }) : null,
  };
});

function toEvent({ id, at, kind, actorType, actorId, actorName, details }: Row): BudgetEvent {
  return {
    id,
    at: at.toISOString(),
    kind,
    actor: { type: actorType, id: actorId, name: actorName ?? "Headcount" },
    changed: details.changed ?? [],
    percent: details.percent ?? null,
    spent: details.spent ?? null,
    limit: details.limit ?? null,
    tasks: details.tasks ?? null,
    why: details.why ?? null,
    note: details.note ?? "",
  };
}
