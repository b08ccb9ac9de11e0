import type { BudgetWindow } from "@headcount/contract/budgets/window";
import type { BudgetAction, BudgetScope, BudgetUnit } from "@headcount/contract/budgets/words";
import type { BudgetId, UserId } from "@headcount/contract/kit/ids";
import type { Transaction } from "../platform/database.ts";

export type BudgetRow = {
  readonly id: BudgetId;
  readonly name: string;
  readonly scope: BudgetScope;
  /** Empty for the workspace. */
  readonly subjectIds: readonly string[];
  readonly subjectName: string | null;
  readonly unit: BudgetUnit;
  readonly timeWindow: BudgetWindow;
  /** Numeric: pico-dollars, tokens, tasks or milliseconds. */
  readonly limitAmount: string;
  readonly thresholds: readonly number[];
  readonly action: BudgetAction;
  readonly enabled: boolean;
  readonly archivedAt: Date | null;
  /** What was used before is not counted; null counts everything. */
  readonly countedFrom: Date | null;
  /** Numeric: of a tank, what had been spent when it was last filled; null for budgets. */
  readonly tare: string | null;
  readonly reachedPercent: number;
  readonly reachedWindow: Date | null;
  readonly reachedAt: Date | null;
  readonly exhaustedAt: Date | null;
  readonly exhaustedUntil: Date | null;
  readonly revision: number;
  readonly createdAt: Date;
  readonly createdBy: UserId | null;
};

/** Columns of {@link BudgetRow}; the table is called `b`. */
export const budgetColumns = (sql: Transaction) => sql`
  b.id, b.name, b.scope, b.subject_ids, b.subject_name, b.unit, b.time_window, b.limit_amount,
  b.thresholds, b.action, b.enabled, b.archived_at, b.counted_from, b.tare, b.reached_percent,
  b.reached_window, b.reached_at, b.exhausted_at, b.exhausted_until, b.revision, b.created_at,
  b.created_by`;
