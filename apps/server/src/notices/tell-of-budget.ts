import type { BudgetId, UserId } from "@headcount/contract/kit/ids";
import {
  describeNotice,
  type NoticeCause,
  type NoticeStanding,
} from "@headcount/domain/notices/describe-notice";
import { readBudgetsById } from "../budgets/read-budgets.ts";
import { type BudgetStanding, readStandings } from "../budgets/read-standings.ts";
import type { Reaction } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { tellPeople } from "./tell-people.ts";

/** A threshold of a budget. Of several at once the highest is told, and the limit says it itself. */
export const tellOfThreshold: Reaction<"budget.threshold"> = async (ctx, { data }) => {
  const standing = await findStanding(ctx, data.budgetId);
  if (standing === null || standing.budget.tare !== null) return;
  const { reachedPercent, exhaustedAt } = standing.budget;
  if (reachedPercent !== data.percent || (exhaustedAt !== null && data.percent <= 100)) return;
  const budget = wordsOf(standing);
  await tell(ctx, standing, { type: "budget_threshold", budget, percent: data.percent });
};

export const tellOfExhausted: Reaction<"budget.exhausted"> = async (ctx, { data }) => {
  const standing = await findStanding(ctx, data.budgetId);
  if (standing === null || standing.budget.tare !== null) return;
  await tell(ctx, standing, { type: "budget_exhausted", budget: wordsOf(standing) });
};

/** That there is room again matters where its lack has held work. */
export const tellOfLifted: Reaction<"budget.lifted"> = async (ctx, { data }) => {
  const standing = await findStanding(ctx, data.budgetId);
  if (standing === null || standing.budget.tare !== null) return;
  const { action, archivedAt } = standing.budget;
  if (action === "notify" || archivedAt !== null) return;
  await tell(ctx, standing, { type: "budget_lifted", budget: wordsOf(standing) });
};

/** Prepaid money gets low; told once per level until it is filled again. */
export const tellOfLowTank: Reaction<"tank.low"> = async (ctx, { entity, data }) => {
  const standing = await findStanding(ctx, entity.id);
  if (standing === null) return;
  const tank = wordsOf(standing);
  await tell(ctx, standing, { type: "tank_low", tank, percentLeft: data.percent });
};

export const tellOfEmptyTank: Reaction<"tank.empty"> = async (ctx, { entity }) => {
  const standing = await findStanding(ctx, entity.id);
  if (standing === null) return;
  await tell(ctx, standing, { type: "tank_empty", tank: wordsOf(standing) });
};

async function findStanding(ctx: WorkspaceContext, id: string): Promise<BudgetStanding | null> {
  // Changes name budgets by ids that budgets have.
  const rows = await readBudgetsById(ctx, [id as BudgetId]);
  const [standing] = await readStandings(ctx, rows);
  return standing ?? null;
}

async function tell(
  ctx: WorkspaceContext,
  { budget }: BudgetStanding,
  cause: NoticeCause,
): Promise<void> {
  const kind = budget.tare === null ? ("budget" as const) : ("tank" as const);
  const notice = { ...describeNotice(cause), subject: { kind, id: budget.id } };
  const [subjectId] = budget.subjectIds;
  const agent = budget.scope === "agent" ? await findAgent(ctx, subjectId) : null;
  const member = budget.scope === "member" ? (subjectId as UserId | undefined) : undefined;
  const isPublic = budget.scope !== "member" && (agent === null || agent.access === "workspace");
  await tellPeople(ctx, notice, {
    concerned: [budget.createdBy, member ?? null, agent?.ownerId ?? null],
    inPublic: isPublic ? notice : null,
  });
}

async function findAgent(
  ctx: WorkspaceContext,
  id: string | undefined,
): Promise<{ ownerId: UserId; access: string } | null> {
  const [agent] = await ctx.sql<{ ownerId: UserId; access: string }[]>`
    select owner_id, access from agents
    where workspace_id = ${ctx.workspaceId} and id = ${id ?? null}::uuid`;
  return agent ?? null;
}

function wordsOf({ budget, spent, limit, window }: BudgetStanding): NoticeStanding {
  const { name, unit, action } = budget;
  const resetsAt = window.endsAtMs === null ? null : new Date(window.endsAtMs).toISOString();
  return { name, unit, action, spent, limit, resetsAt };
}
