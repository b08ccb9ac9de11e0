import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { printTank } from "./print-tank.ts";
import { memberOption, whoseTank } from "./whose-tank.ts";

const actions = ["notify", "hold", "stop"] as const;

export const tankSettings = defineCommand({
  name: "tank settings",
  summary: "Say what happens while a tank is empty",
  details:
    "notify: people are told. hold: no task starts any more. stop: running tasks end as well, and go on in their sessions after a top-up. For admins and owners.",
  route: "tank.settings",
  format: "table",
  options: {
    ...memberOption,
    whenEmpty: { value: "ACTION", summary: "notify, hold or stop" },
  },
  examples: ["headcount tank settings --when-empty stop"],
  async run(cli, { options }) {
    const action = actions.find((one) => one === options.whenEmpty);
    if (action === undefined) {
      throw invalidUse("--when-empty takes notify, hold or stop.", "Name one of them.");
    }
    const workspace = await cli.workspace();
    const member = await whoseTank(cli, options.member);
    return cli.call("tank.settings", { workspace, member, action });
  },
  print: printTank,
});
