/** What a budget covers: everything, or what one thing or person has used. */
export const budgetScopes = ["workspace", "project", "agent", "issue", "task", "member"] as const;
export type BudgetScope = (typeof budgetScopes)[number];

/**
 * What a budget counts: dollars that are billed, the list price of what subscriptions cover, tokens
 * of all classes, tasks that start, or hours that tasks ran.
 */
export const budgetUnits = ["billed_usd", "notional_usd", "tokens", "tasks", "hours"] as const;
export type BudgetUnit = (typeof budgetUnits)[number];

export const budgetWindows = ["rolling_5h", "day", "week", "month", "range", "none"] as const;
export type BudgetWindowKind = (typeof budgetWindows)[number];

/**
 * What happens at the limit: people are told · no task starts any more · running tasks end as well,
 * and go on in their sessions when there is room again.
 */
export const budgetActions = ["notify", "hold", "stop"] as const;
export type BudgetAction = (typeof budgetActions)[number];

/** `off`: switched off, archived, or outside of its range. `near`: a threshold is reached. */
export const budgetStates = ["ok", "near", "exhausted", "off"] as const;
export type BudgetState = (typeof budgetStates)[number];

export const defaultThresholds: readonly number[] = [50, 80, 100];
/** Budgets of one workspace that are not archived. */
export const mostBudgets = 500;
