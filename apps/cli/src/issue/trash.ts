import { defineCommand } from "../command.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";

export const issueTrash = defineCommand({
  name: "issue trash",
  summary: "List deleted issues that can still be restored",
  route: "issues.trash",
  format: "table",
  options: { ...pageOptions },
  async run(cli, { options }) {
    return cli.call("issues.trash", { workspace: await cli.workspace(), ...pageInput(options) });
  },
  print(page, printer) {
    printer.table(page.items, [
      { title: "KEY", value: (issue) => issue.key },
      { title: "TITLE", value: (issue) => issue.title, shrinks: true },
      { title: "DELETED", value: (issue) => issue.deletedAt.slice(0, 10) },
      { title: "UNTIL", value: (issue) => issue.restorableUntil.slice(0, 10) },
    ]);
    printMore(page, printer);
  },
});
