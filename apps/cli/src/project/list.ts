import { defineCommand } from "../command.ts";

export const projectList = defineCommand({
  name: "project list",
  summary: "List the projects of the workspace",
  route: "projects.list",
  format: "table",
  async run(cli) {
    return cli.call("projects.list", { workspace: await cli.workspace() });
  },
  print({ items }, printer) {
    const short = printer.shortIds(items.map((project) => project.id));
    printer.table(items, [
      { title: "TITLE", value: (project) => project.title, shrinks: true },
      {
        title: "REPOSITORIES",
        value: (project) => project.repositories.map(({ url }) => url).join(", "),
        shrinks: true,
      },
      { title: "ID", value: (project) => short(project.id) },
    ]);
  },
});
