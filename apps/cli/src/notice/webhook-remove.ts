import { defineCommand } from "../command.ts";

export const noticeWebhookRemove = defineCommand({
  name: "notice webhook-remove",
  summary: "Send notices of the workspace nowhere any more",
  route: "notices.remove-webhook",
  refusedInTask: true,
  format: "table",
  async run(cli) {
    await cli.confirm("Remove the address and its secret?");
    return cli.call("notices.remove-webhook", { workspace: await cli.workspace() });
  },
  print(_reply, printer) {
    printer.line(printer.said("Notices are sent nowhere any more."));
  },
});
