import type { WaitingReason } from "@headcount/contract/tasks/states";
import type { Catalogue } from "../i18n/catalogue.ts";
import type { Format } from "../i18n/format.ts";

/** Why a task does not run yet, in one phrase of the reader's language. */
export function waitingText(waiting: WaitingReason, text: Catalogue, format: Format): string {
  if (waiting.code === "held_by_budget") return budgetText(waiting, text, format);
  if (waiting.code !== "quota_wait") return text.tasks.waiting[waiting.code] ?? waiting.detail;
  const { provider, account, until } = waiting.facts;
  const named = { provider: String(provider), until: whenOf(String(until), format) };
  return account === null || account === undefined
    ? text.tasks.quotaUntil(named)
    : text.tasks.ownQuotaUntil({ ...named, account: String(account) });
}

function budgetText({ facts }: WaitingReason, text: Catalogue, format: Format): string {
  const budget = String(facts["budget"]);
  const until = facts["resetsAt"];
  return typeof until === "string"
    ? text.tasks.heldByBudgetUntil({ budget, until: whenOf(until, format) })
    : text.tasks.heldByBudget({ budget });
}

/** Today's times go without their day. */
function whenOf(instant: string, format: Format): string {
  const at = new Date(instant);
  const isToday = format.date(at) === format.date(new Date());
  return isToday ? format.time(at) : `${format.dayAndMonth(at)}, ${format.time(at)}`;
}
