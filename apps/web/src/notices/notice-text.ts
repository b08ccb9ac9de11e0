import type { Notice } from "@headcount/contract/notices/schemas";
import { budgetUnits } from "@headcount/contract/budgets/words";
import { runawayKinds } from "@headcount/contract/runaway/words";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { amountText } from "../budgets/amount-text.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import { guardText } from "../runaway/guard-text.ts";

/** A notice in the reader's language; what this version does not know is said in the server's words. */
export function noticeText(
  { type, title, body, facts }: Notice,
  text: Catalogue,
): { readonly title: string; readonly body: string } {
  const name = String(facts["name"] ?? facts["agent"] ?? "");
  const percent = String(facts["percent"] ?? facts["percentLeft"] ?? "");
  const say = text.tank.noticeTitles[type];
  return {
    title: say === undefined ? title : say({ name, percent }),
    body: (type === "agent_held" ? heldText(facts, text) : standingText(facts, text)) ?? body,
  };
}

function heldText(facts: Notice["facts"], text: Catalogue): string | null {
  const kind = runawayKinds.find((one) => one === facts["kind"]);
  return kind === undefined ? null : guardText({ kind, facts }, text);
}

function standingText(facts: Notice["facts"], text: Catalogue): string | null {
  const unit = budgetUnits.find((one) => one === facts["unit"]);
  const { spent, limit } = facts;
  if (unit === undefined || typeof spent !== "string" || typeof limit !== "string") return null;
  const amount = (value: string): string =>
    amountText(unit, formatAmount(unit, BigInt(value)), text);
  return text.tank.usedOf({ spent: amount(spent), limit: amount(limit) });
}
