import { defineCommand } from "../command.ts";
import { printTank } from "./print-tank.ts";

export const tankStatus = defineCommand({
  name: "tank status",
  summary: "Show what is left of prepaid money, how fast it burns and when it is empty",
  details: "Admins see everybody's tanks, others the workspace's and their own.",
  route: "tank.balance",
  format: "table",
  async run(cli) {
    return cli.call("tank.balance", { workspace: await cli.workspace() });
  },
  print({ workspace, personal, members }, printer) {
    const own = members.length > 0 ? members : [personal].filter((tank) => tank !== null);
    const tanks = [...(workspace === null ? [] : [workspace]), ...own];
    for (const [place, tank] of tanks.entries()) {
      if (place > 0) printer.line("");
      printTank(tank, printer);
    }
    if (tanks.length === 0) printer.hint("There is no tank yet: `headcount tank top-up 100`.");
  },
});
