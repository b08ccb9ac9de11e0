import { defineCommand } from "../command.ts";
import { findProject } from "../find/find-project.ts";

export const projectResourceList = defineCommand({
  name: "project resource list",
  summary: "List the repositories and local directories of a project",
  route: "projects.get",
  format: "table",
  arguments: { project: { summary: "title or id" } },
  async run(cli, { argumentValues }) {
    const { id } = await findProject(cli, argumentValues.project);
    const project = await cli.call("projects.get", {
      workspace: await cli.workspace(),
      projectId: id,
    });
    return { repositories: project.repositories, directories: project.directories };
  },
  print({ repositories, directories }, printer) {
    const rows = [
      ...repositories.map(({ url, ref }) => ({ kind: "repository", where: url, how: ref ?? "" })),
      ...directories.map(({ path, mode, machineName }) => ({
        kind: "directory",
        where: path,
        how: `${mode === "in_place" ? "in place" : "worktree"} on ${machineName}`,
      })),
    ];
    printer.table(rows, [
      { title: "WHAT", value: ({ kind }) => kind },
      { title: "WHERE", value: ({ where }) => where, shrinks: true },
      { title: "HOW", value: ({ how }) => how },
    ]);
  },
});
