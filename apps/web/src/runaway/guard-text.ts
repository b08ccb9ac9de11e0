import type { RunawayHold } from "@headcount/contract/runaway/schemas";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { amountText } from "../budgets/amount-text.ts";
import type { Catalogue } from "../i18n/catalogue.ts";

type Seen = Pick<RunawayHold, "kind" | "facts">;

/** What the guard has seen, with its figures, in the reader's language. */
export function guardText({ kind, facts }: Seen, text: Catalogue): string {
  const { saw } = text.tank;
  const { recent, usual, tasks, onOneIssue, runs, tool, times } = facts;
  if (kind === "velocity" && typeof recent === "string") {
    const unit = facts["measure"] === "tokens" ? ("tokens" as const) : ("billed_usd" as const);
    const amount = (of: string): string => amountText(unit, formatAmount(unit, BigInt(of)), text);
    return typeof usual === "string"
      ? saw.fast({ recent: amount(recent), usual: amount(usual) })
      : saw.fastAndNew({ recent: amount(recent) });
  }
  if (kind === "trigger_storm" && typeof tasks === "number") {
    return onOneIssue === 1 ? saw.stormOnIssue({ tasks }) : saw.storm({ tasks });
  }
  if (typeof runs === "number") return saw.noEffect({ runs });
  if (typeof tool === "string" && typeof times === "number") return saw.repeats({ tool, times });
  return text.tank.guardSaw[kind];
}
