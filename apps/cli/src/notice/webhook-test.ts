import { defineCommand } from "../command.ts";

export const noticeWebhookTest = defineCommand({
  name: "notice webhook-test",
  summary: "Send a delivery that says nothing but that it works",
  route: "notices.test-webhook",
  refusedInTask: true,
  format: "table",
  async run(cli) {
    return cli.call("notices.test-webhook", { workspace: await cli.workspace() });
  },
  print(_delivery, printer) {
    printer.line(printer.said("It is on its way: see `headcount notice webhook`."));
  },
});
