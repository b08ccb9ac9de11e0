import { defineCommand } from "../command.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { findTaskId } from "../find/find-task.ts";

export const usageQuarantine = defineCommand({
  name: "usage quarantine",
  summary: "List usage records that were refused, with the reason, newest first",
  details: "For administrators. `--output json` shows the records as they arrived.",
  route: "usage.quarantine",
  format: "table",
  options: { ...pageOptions, task: { value: "TASK", summary: "only records of this task" } },
  examples: ["headcount usage quarantine --limit 20", "headcount usage quarantine --output json"],
  async run(cli, { options }) {
    const taskId = options.task === undefined ? null : await findTaskId(cli, options.task);
    return cli.call("usage.quarantine", {
      workspace: await cli.workspace(),
      ...pageInput(options),
      ...(taskId === null ? {} : { taskId }),
    });
  },
  print(page, printer) {
    const short = printer.shortIds(page.items.flatMap((item) => item.taskId ?? []));
    printer.table(page.items, [
      { title: "RECEIVED", value: (one) => one.receivedAt },
      { title: "REASON", value: (one) => one.reason },
      { title: "TASK", value: (one) => short(one.taskId) || "–" },
      { title: "RECORD", value: (one) => JSON.stringify(one.record), shrinks: true },
    ]);
    printMore(page, printer);
  },
});
