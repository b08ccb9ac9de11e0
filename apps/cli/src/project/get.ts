import { defineCommand } from "../command.ts";
import { findProject } from "../find/find-project.ts";

export const projectGet = defineCommand({
  name: "project get",
  summary: "Show one project",
  route: "projects.get",
  arguments: { project: { summary: "title or id" } },
  async run(cli, { argumentValues }) {
    const { id } = await findProject(cli, argumentValues.project);
    return cli.call("projects.get", { workspace: await cli.workspace(), projectId: id });
  },
});
