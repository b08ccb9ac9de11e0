import type { BudgetAction, BudgetUnit } from "@headcount/contract/budgets/words";
import type { NoticeSeverity, NoticeType } from "@headcount/contract/notices/words";
import type { RunawayKind } from "@headcount/contract/runaway/words";
import { amountText } from "../budgets/describe-standing.ts";

/** How the budget, or the tank, stands that a notice is about. */
export type NoticeStanding = {
  readonly name: string;
  readonly unit: BudgetUnit;
  readonly action: BudgetAction;
  readonly spent: bigint;
  readonly limit: bigint;
  /** ISO 8601; null when only a person can make room. */
  readonly resetsAt: string | null;
};

/** What has happened that people are told of. */
export type NoticeCause =
  | { readonly type: "budget_threshold"; readonly budget: NoticeStanding; readonly percent: number }
  | { readonly type: "budget_exhausted" | "budget_lifted"; readonly budget: NoticeStanding }
  | { readonly type: "tank_low"; readonly tank: NoticeStanding; readonly percentLeft: number }
  | { readonly type: "tank_empty"; readonly tank: NoticeStanding }
  | {
      readonly type: "agent_held";
      readonly agentName: string;
      readonly kind: RunawayKind;
      readonly detail: string;
      /** What was seen, in figures. */
      readonly facts: NoticeText["facts"];
    };

export type NoticeText = {
  readonly type: NoticeType;
  readonly severity: NoticeSeverity;
  /** English. */
  readonly title: string;
  readonly body: string;
  /** For clients that speak their own language; amounts in the books' smallest unit. */
  readonly facts: Readonly<Record<string, string | number | null>>;
};

/** What a notice says. */
export function describeNotice(cause: NoticeCause): NoticeText {
  switch (cause.type) {
    case "budget_threshold":
      return {
        type: cause.type,
        severity: cause.budget.action === "notify" ? "attention" : severityOf(cause.percent),
        title: `${cause.budget.name}: ${cause.percent} % used`,
        body: standingText(cause.budget),
        facts: { ...factsOf(cause.budget), percent: cause.percent },
      };
    case "budget_exhausted":
      return {
        type: cause.type,
        severity: cause.budget.action === "notify" ? "attention" : "action_required",
        title: `${cause.budget.name}: the limit is reached`,
        body: `${standingText(cause.budget)} ${consequences[cause.budget.action]}`,
        facts: factsOf(cause.budget),
      };
    case "budget_lifted":
      return {
        type: cause.type,
        severity: "info",
        title: `${cause.budget.name}: there is room again`,
        body: standingText(cause.budget),
        facts: factsOf(cause.budget),
      };
    case "tank_low":
      return {
        type: cause.type,
        severity: "attention",
        title: `${cause.tank.name}: less than ${cause.percentLeft} % is left`,
        body: leftText(cause.tank),
        facts: { ...factsOf(cause.tank), percentLeft: cause.percentLeft },
      };
    case "tank_empty":
      return {
        type: cause.type,
        severity: cause.tank.action === "notify" ? "attention" : "action_required",
        title: `${cause.tank.name} is empty`,
        body: `${leftText(cause.tank)} ${consequences[cause.tank.action]} Top up with \`headcount tank top-up\`.`,
        facts: factsOf(cause.tank),
      };
    case "agent_held":
      return {
        type: cause.type,
        severity: "action_required",
        title: `${cause.agentName} is held`,
        body: `${cause.detail} Its runs were stopped and continue when a person lets it go on.`,
        facts: { ...cause.facts, agent: cause.agentName, kind: cause.kind, detail: cause.detail },
      };
  }
}

const consequences: Readonly<Record<BudgetAction, string>> = {
  notify: "Nothing is held.",
  hold: "No task in its scope starts until there is room.",
  stop: "Running tasks were stopped; they continue when there is room.",
};

/** The last threshold before the limit is where people can still do something. */
const severityOf = (percent: number): NoticeSeverity => (percent >= 80 ? "attention" : "info");

function standingText({ unit, spent, limit, resetsAt }: NoticeStanding): string {
  const used = `${amountText(unit, spent)} of ${amountText(unit, limit)} are used.`;
  return resetsAt === null ? used : `${used} It starts anew at ${resetsAt}.`;
}

function leftText({ unit, spent, limit }: NoticeStanding): string {
  if (spent >= limit) return `Nothing of ${amountText(unit, limit)} is left.`;
  return `${amountText(unit, limit - spent)} of ${amountText(unit, limit)} are left.`;
}

function factsOf(standing: NoticeStanding): NoticeText["facts"] {
  const { name, unit, action, spent, limit, resetsAt } = standing;
  return { name, unit, action, spent: spent.toString(), limit: limit.toString(), resetsAt };
}
