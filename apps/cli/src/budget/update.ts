import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { budgetArgument, findBudget } from "./find-budget.ts";
import { printBudget } from "./print-budget.ts";
import { settingOptions, statedSettings } from "./setting-options.ts";

export const budgetUpdate = defineCommand({
  name: "budget update",
  summary: "Change a budget's name, limit, window, thresholds or action, or switch it off and on",
  details: "What it is about and what it counts stay: set another budget for that.",
  route: "budgets.update",
  arguments: { budget: budgetArgument },
  options: {
    name: { value: "TEXT", summary: "another name" },
    ...settingOptions,
    enable: { summary: "let it act" },
    disable: { summary: "let it count and do nothing else" },
  },
  async run(cli, { argumentValues, options }) {
    const { name, enable, disable } = options;
    if (enable && disable)
      throw invalidUse("--enable and --disable exclude each other.", "Use one.");
    const { id } = await findBudget(cli, argumentValues.budget);
    return cli.call("budgets.update", {
      workspace: await cli.workspace(),
      budgetId: id,
      ...(name === undefined ? {} : { name }),
      ...statedSettings(options),
      ...(enable || disable ? { enabled: enable === true } : {}),
    });
  },
  print: printBudget,
});
