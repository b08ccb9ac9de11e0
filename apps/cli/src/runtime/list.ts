import { defineCommand } from "../command.ts";
import { usageWord, verifiedWord } from "../output/usage-word.ts";
import { findOne } from "../find/find-one.ts";

export const runtimeList = defineCommand({
  name: "runtime list",
  summary: "List the machines and agent CLIs that can run work",
  route: "runtimes.list",
  format: "table",
  options: { owner: { value: "NAME", summary: "me, all, or a member" } },
  async run(cli, { options }) {
    const workspace = await cli.workspace();
    const owner = options.owner ?? "all";
    if (owner === "me" || owner === "all") return cli.call("runtimes.list", { workspace, owner });
    const { items } = await cli.call("members.list", { workspace });
    return cli.call("runtimes.list", { workspace, owner: findOne(items, owner, "member").id });
  },
  print({ items }, printer) {
    const short = printer.shortIds(items.map((runtime) => runtime.id));
    printer.table(items, [
      { title: "NAME", value: (runtime) => runtime.customName ?? runtime.name, shrinks: true },
      { title: "CLI", value: (runtime) => runtime.cli },
      { title: "VERSION", value: (runtime) => runtime.cliVersion, shrinks: true },
      { title: "VERIFIED", value: (runtime) => verifiedWord(runtime), shrinks: true },
      { title: "USAGE", value: (runtime) => usageWord(runtime.coverage) },
      { title: "HEALTH", value: (runtime) => runtime.problem ?? runtime.health },
      { title: "FREE", value: ({ slots }) => `${slots.free}/${slots.total}`, align: "right" },
      { title: "OWNER", value: (runtime) => runtime.owner.name, shrinks: true },
      { title: "ID", value: (runtime) => short(runtime.id) },
    ]);
  },
});
