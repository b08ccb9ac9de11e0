import type { WaitingReason } from "@headcount/contract/tasks/states";
import type { Catalogue } from "../i18n/catalogue.ts";
import type { Format } from "../i18n/format.ts";

/** Why a task does not run yet, in one phrase of the reader's language. */
export function waitingText(waiting: WaitingReason, text: Catalogue, format: Format): string {
  if (waiting.code !== "quota_wait") return text.tasks.waiting[waiting.code] ?? waiting.detail;
  const { provider, account, until } = waiting.facts;
  const named = { provider: String(provider), until: whenOf(String(until), format) };
  return account === null || account === undefined
    ? text.tasks.quotaUntil(named)
    : text.tasks.ownQuotaUntil({ ...named, account: String(account) });
}

/** What a person can do about it; null when waiting is all. */
export function waitingAction(waiting: WaitingReason, text: Catalogue): string | null {
  const { code, facts, action } = waiting;
  if (code === "runtime_not_shared")
    return text.tasks.askToShare({ owner: String(facts["owner"]) });
  if (code === "runtime_offline") {
    return text.tasks.startDaemon({ machine: String(facts["machine"]) });
  }
  const actions: Readonly<Record<string, string>> = text.tasks.waitingAction;
  return actions[code] ?? action;
}

/** Today's times go without their day. */
function whenOf(instant: string, format: Format): string {
  const at = new Date(instant);
  const isToday = format.date(at) === format.date(new Date());
  return isToday ? format.time(at) : `${format.dayAndMonth(at)}, ${format.time(at)}`;
}
