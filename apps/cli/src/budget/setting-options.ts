import { budgetActions, type BudgetAction } from "@headcount/contract/budgets/words";
import type { OptionValues } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { statedWindow, windowOptions } from "./window-options.ts";

/** Settings that a budget is made with and that may be changed. */
export const settingOptions = {
  limit: { value: "AMOUNT", summary: "US dollars, tokens, tasks or hours, by the unit" },
  action: {
    value: "ACTION",
    choices: budgetActions,
    summary: "at the limit: notify people, hold new tasks, or stop running ones as well",
  },
  threshold: {
    value: "PERCENT",
    multiple: true,
    summary: "tell people at this share of the limit; 50, 80 and 100 unless stated",
  },
  ...windowOptions,
} as const;

type Stated = OptionValues<typeof settingOptions>;

/** What the flags say, as the API takes it; what they leave out is missing. */
export function statedSettings(stated: Stated) {
  const window = statedWindow(stated);
  return {
    ...(window === undefined ? {} : { window }),
    ...(stated.limit === undefined ? {} : { limit: stated.limit }),
    // The parser has checked the choice.
    ...(stated.action === undefined ? {} : { action: stated.action as BudgetAction }),
    ...(stated.threshold === undefined ? {} : { thresholds: stated.threshold.map(percentOf) }),
  };
}

function percentOf(text: string): number {
  const percent = Number(text.replace(/%$/, ""));
  if (Number.isInteger(percent) && percent > 0) return percent;
  throw invalidUse(`"${text}" is no whole percentage above zero.`, "State e.g. --threshold 80.");
}
