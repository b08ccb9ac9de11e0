import type { NoticeType } from "@headcount/contract/notices/words";
import { defineCommand } from "../command.ts";

export const noticeWebhookSet = defineCommand({
  name: "notice webhook-set",
  summary: "Send notices of the workspace to an https address, signed",
  details:
    "Prints the secret once, when it is made. A delivery carries `Headcount-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY`. For admins and owners.",
  route: "notices.set-webhook",
  refusedInTask: true,
  format: "table",
  arguments: { url: { summary: "https address that takes POST requests" } },
  options: {
    type: { value: "TYPE", multiple: true, summary: "only this type of notice; repeat" },
    newSecret: { summary: "make a new secret; the old one ends" },
    off: { summary: "keep the address, and send nothing for now" },
  },
  async run(cli, { argumentValues, options }) {
    return cli.call("notices.set-webhook", {
      workspace: await cli.workspace(),
      url: argumentValues.url,
      enabled: options.off !== true,
      newSecret: options.newSecret === true,
      // The server refuses words that are no types.
      ...(options.type === undefined ? {} : { types: options.type as NoticeType[] }),
    });
  },
  print({ webhook, secret }, printer) {
    printer.fields([
      ["Address", webhook.url],
      ["State", webhook.enabled ? "on" : "off"],
      ["Types", webhook.types.join(", ")],
      ...(secret === null ? [] : [["Secret", secret] as const]),
    ]);
    printer.hint("Try it: `headcount notice webhook-test`.");
  },
});
