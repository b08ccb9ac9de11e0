import type {
  ChangeAudience,
  ChangeDataOf,
  ChangeType,
} from "@headcount/contract/realtime/changes";
import type { NewChange, WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";

type BudgetChange = Extract<ChangeType, `budget.${string}`>;
type Subject = Pick<BudgetRow, "id" | "scope" | "subjectIds" | "revision">;

/** Says what happened to a budget, to those whom it concerns. */
export async function emitOfBudget<T extends BudgetChange>(
  ctx: WorkspaceContext,
  budget: Subject,
  type: T,
  data: ChangeDataOf<T>,
): Promise<void> {
  const change = {
    type,
    entity: { kind: "budget", id: budget.id, revision: budget.revision },
    data,
    audience: await audienceOf(ctx, budget),
  };
  // The data is that of the type, which the compiler cannot follow through the union.
  ctx.emit(change as unknown as NewChange);
}

async function audienceOf(
  ctx: WorkspaceContext,
  { scope, subjectIds }: Subject,
): Promise<ChangeAudience> {
  const [id] = subjectIds;
  if (scope === "agent" && id !== undefined) return { kind: "agent", id };
  if (scope !== "member" || id === undefined) return { kind: "workspace" };
  const admins = await ctx.sql<{ userId: string }[]>`
    select user_id from members
    where workspace_id = ${ctx.workspaceId} and role <> 'member' and user_id <> ${id}`;
  return { kind: "members", ids: [id, ...admins.map((admin) => admin.userId)] };
}
