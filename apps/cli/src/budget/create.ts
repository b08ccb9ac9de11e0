import type { BudgetUnit } from "@headcount/contract/budgets/words";
import { defineCommand } from "../command.ts";
import { requireOption } from "../input/require-option.ts";
import { printBudget } from "./print-budget.ts";
import { settingOptions, statedSettings } from "./setting-options.ts";
import { scopeOptions, statedScope } from "./stated-scope.ts";

const units: Readonly<Record<string, BudgetUnit>> = {
  usd: "billed_usd",
  "notional-usd": "notional_usd",
  tokens: "tokens",
  tasks: "tasks",
  hours: "hours",
};

export const budgetCreate = defineCommand({
  name: "budget create",
  summary: "Set a budget: a limit on what is spent, that holds or stops work",
  details:
    "It counts from its first moment what the books already say. Without a scope it is about the whole workspace, without a window about the calendar month. For admins and owners.",
  route: "budgets.create",
  arguments: { name: { summary: "what people call it" } },
  options: {
    ...settingOptions,
    unit: {
      value: "UNIT",
      choices: Object.keys(units),
      summary: "what is counted; usd is what is billed, unless stated",
    },
    ...scopeOptions,
    disabled: { summary: "set it without letting it do anything yet" },
  },
  examples: [
    'headcount budget create "Team month" --limit 500 --window month --action hold',
    'headcount budget create "Coder day" --agent Coder --limit 20 --window day --action stop',
    'headcount budget create "Launch" --project Launch --limit 5000000 --unit tokens --window none',
  ],
  async run(cli, { argumentValues, options }) {
    const { window, ...settings } = statedSettings(options);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return cli.call("budgets.create", {
      workspace: await cli.workspace(),
      name: argumentValues.name,
      ...(await statedScope(cli, options)),
      ...settings,
      limit: requireOption("limit", settings.limit),
      unit: units[options.unit ?? "usd"] ?? "billed_usd",
      window: window ?? { kind: "month", zone: options.tz ?? zone },
      enabled: options.disabled !== true,
    });
  },
  print: printBudget,
});
