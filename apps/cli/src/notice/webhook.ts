import { defineCommand } from "../command.ts";

export const noticeWebhook = defineCommand({
  name: "notice webhook",
  summary: "Show where notices of the workspace are sent, and how that went",
  route: "notices.webhook",
  refusedInTask: true,
  format: "table",
  async run(cli) {
    const workspace = await cli.workspace();
    const { webhook } = await cli.call("notices.webhook", { workspace });
    const { items } = await cli.call("notices.deliveries", { workspace, limit: 20 });
    return { webhook, deliveries: items };
  },
  print({ webhook, deliveries }, printer) {
    if (webhook === null) return printer.hint("Nowhere yet: `headcount notice webhook-set URL`.");
    printer.fields([
      ["Address", webhook.url],
      ["State", webhook.enabled ? "on" : (webhook.disabledReason ?? "off")],
      ["Types", webhook.types.join(", ")],
    ]);
    if (deliveries.length === 0) return;
    printer.line("");
    printer.table(deliveries, [
      { title: "AT", value: (one) => one.createdAt.slice(0, 16) },
      { title: "TYPE", value: (one) => one.type },
      { title: "STATE", value: (one) => one.state },
      { title: "TRIES", value: (one) => String(one.tries), align: "right" },
      {
        title: "ANSWER",
        value: (one) => printer.said(one.error ?? String(one.status ?? "")),
        shrinks: true,
      },
    ]);
  },
});
