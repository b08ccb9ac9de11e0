import { defineCommand } from "../command.ts";
import { findProject } from "../find/find-project.ts";

export const projectDelete = defineCommand({
  name: "project delete",
  summary: "Delete a project; its issues stay without a project",
  route: "projects.delete",
  format: "table",
  arguments: { project: { summary: "title or id" } },
  async run(cli, { argumentValues }) {
    const { id, name } = await findProject(cli, argumentValues.project);
    await cli.confirm(`Delete the project ${name}?`);
    await cli.call("projects.delete", { workspace: await cli.workspace(), projectId: id });
    return { deleted: { id, title: name } };
  },
  print({ deleted }, printer) {
    printer.line(`${deleted.title} was deleted.`);
  },
});
