import { type Budget, BudgetLimit } from "@headcount/contract/budgets/schemas";
import { BudgetWindow } from "@headcount/contract/budgets/window";
import type {
  BudgetAction,
  BudgetScope,
  BudgetUnit,
  BudgetWindowKind,
} from "@headcount/contract/budgets/words";

/** What stands in the form of a budget. */
export type BudgetDraft = {
  readonly name: string;
  readonly scope: BudgetScope;
  readonly subject: string;
  readonly unit: BudgetUnit;
  readonly limit: string;
  readonly kind: BudgetWindowKind;
  /** Where days begin, and at which hour of the local day; of a range always at midnight. */
  readonly zone: string;
  readonly resetHour: number;
  /** 1 Monday to 7 Sunday. */
  readonly resetWeekday: number;
  /** 1 to 28. */
  readonly resetDay: number;
  readonly startDay: string;
  readonly endDay: string;
  readonly action: BudgetAction;
  readonly thresholds: string;
};

/**
 * @param zone of the person, for what does not say one
 * @param today in that zone, `YYYY-MM-DD`
 */
export function draftOf(budget: Budget | null, zone: string, today: string): BudgetDraft {
  const window = budget?.window;
  return {
    name: budget?.name ?? "",
    scope: budget?.scope ?? "workspace",
    subject: budget?.subject?.id ?? "",
    unit: budget?.unit ?? "billed_usd",
    limit: budget?.limit ?? "",
    kind: window?.kind ?? "month",
    zone,
    resetHour: 0,
    resetWeekday: 1,
    resetDay: 1,
    startDay: today,
    endDay: today,
    ...window,
    action: budget?.action ?? "hold",
    thresholds: (budget?.thresholds ?? [50, 80, 100]).join(", "),
  };
}

/** What keeps a draft from being sent, by member. */
export type DraftProblems = {
  readonly name: boolean;
  readonly subject: boolean;
  readonly limit: boolean;
  /** Only days of a range can be missing or the wrong way round. */
  readonly window: boolean;
  readonly thresholds: boolean;
};

export function problemsOf(draft: BudgetDraft): DraftProblems {
  return {
    name: draft.name.trim() === "",
    subject: draft.scope !== "workspace" && draft.subject.trim() === "",
    limit: !BudgetLimit.safeParse(draft.limit.trim()).success,
    window: windowOf(draft) === null,
    thresholds: thresholdsOf(draft) === null,
  };
}

/** Null when one of them is no percentage. */
export function thresholdsOf({ thresholds }: BudgetDraft): number[] | null {
  const words = thresholds.split(/[,，;\s]+/).filter((word) => word !== "");
  const percents = words.map((word) => Number(word.replace(/%$/, "")));
  const areFine = percents.every(
    (percent) => Number.isInteger(percent) && percent > 0 && percent <= 1_000,
  );
  return areFine && percents.length <= 10 ? percents : null;
}

/** The window of a draft, without what its kind does not have; null while its days make no range. */
export function windowOf(draft: BudgetDraft): BudgetWindow | null {
  return BudgetWindow.safeParse(draft).data ?? null;
}
