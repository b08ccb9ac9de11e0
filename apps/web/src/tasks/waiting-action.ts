import type { WaitingReason } from "@headcount/contract/tasks/states";
import type { Catalogue } from "../i18n/catalogue.ts";

/** What a person can do about it; null when waiting is all. */
export function waitingAction(waiting: WaitingReason, text: Catalogue): string | null {
  const { code, facts, action } = waiting;
  if (code === "runtime_not_shared") return text.runs.askToShare({ owner: String(facts["owner"]) });
  if (code === "runtime_offline") {
    return text.runs.startDaemon({ machine: String(facts["machine"]) });
  }
  const actions: Readonly<Record<string, string>> = text.runs.waitingAction;
  return actions[code] ?? action;
}
