import { defineCommand } from "../command.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";

export const noticeList = defineCommand({
  name: "notice list",
  summary: "List what you were told: budgets, the tank, agents that are held",
  route: "notices.list",
  refusedInTask: true,
  format: "table",
  options: {
    unread: { summary: "only what you have not read" },
    ...pageOptions,
  },
  async run(cli, { options }) {
    const { unread } = options;
    return cli.call("notices.list", {
      workspace: await cli.workspace(),
      ...(unread ? { unread } : {}),
      ...pageInput(options),
    });
  },
  print(page, printer) {
    const short = printer.shortIds(page.items.map((notice) => notice.id));
    printer.table(page.items, [
      { title: "NOTICE", value: (notice) => short(notice.id) },
      { title: "AT", value: (notice) => notice.at.slice(0, 16) },
      { title: "", value: (notice) => (notice.readAt === null ? "new" : "") },
      { title: "WHAT", value: (notice) => printer.said(notice.title), shrinks: true },
      { title: "MORE", value: (notice) => printer.said(notice.body), shrinks: true },
    ]);
    printMore(page, printer);
  },
});
