import { defineCommand } from "../command.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { printIssues } from "./issue-table.ts";

export const issueSearch = defineCommand({
  name: "issue search",
  summary: "Find issues by words in their key, title or description",
  route: "issues.list",
  format: "table",
  arguments: { words: { summary: "what to look for" } },
  options: { ...pageOptions },
  examples: ['headcount issue search "login page"'],
  async run(cli, { argumentValues, options }) {
    const workspace = await cli.workspace();
    return cli.call("issues.list", {
      workspace,
      text: argumentValues.words,
      ...pageInput(options),
    });
  },
  print(page, printer) {
    printIssues(page.items, printer);
    printMore(page, printer);
  },
});
