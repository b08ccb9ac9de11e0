import { defineCommand } from "../command.ts";

export const workspaceList = defineCommand({
  name: "workspace list",
  summary: "List the workspaces that you belong to",
  route: "workspaces.list",
  format: "table",
  async run(cli) {
    return cli.call("workspaces.list", {});
  },
  print({ items }, printer) {
    const short = printer.shortIds(items.map((workspace) => workspace.id));
    printer.table(items, [
      { title: "SLUG", value: (workspace) => workspace.slug },
      { title: "NAME", value: (workspace) => workspace.name, shrinks: true },
      { title: "PREFIX", value: (workspace) => workspace.issuePrefix },
      { title: "ID", value: (workspace) => short(workspace.id) },
    ]);
  },
});
