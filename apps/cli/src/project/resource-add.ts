import path from "node:path";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findProject } from "../find/find-project.ts";
import { machineOption, modeOption } from "./directory-options.ts";
import { findMachine } from "./find-machine.ts";
import { readRepositories, repositoryOption } from "./read-repositories.ts";

export const projectResourceAdd = defineCommand({
  name: "project resource add",
  summary: "Add repositories or a local directory to a project",
  details:
    "A local directory is a folder of one machine, of which there is one per project and machine. Its tasks on that machine run there: in the folder itself, one at a time, or in a worktree of its repository that takes over what is not committed and leaves a branch behind. Only the owner of the machine may name it.",
  route: "projects.set-directory",
  arguments: { project: { summary: "title or id" } },
  options: {
    directory: { value: "PATH", summary: "folder on the machine" },
    mode: modeOption,
    machine: machineOption,
    repository: repositoryOption,
  },
  examples: [
    "headcount project resource add Website --directory ~/code/website",
    "headcount project resource add Website --repository https://github.com/acme/web#main",
  ],
  async run(cli, { argumentValues, options }) {
    const repositories = readRepositories(options.repository ?? []);
    if (options.directory === undefined && repositories.length === 0) {
      throw invalidUse("Nothing to add was named.", "Use --directory or --repository.");
    }
    const { id: projectId } = await findProject(cli, argumentValues.project);
    const workspace = await cli.workspace();
    let project = await cli.call("projects.get", { workspace, projectId });
    if (repositories.length > 0) {
      const added = repositories.map(({ url }) => url);
      const kept = project.repositories.filter(({ url }) => !added.includes(url));
      project = await cli.call("projects.update", {
        workspace,
        projectId,
        repositories: [...kept, ...repositories],
      });
    }
    if (options.directory === undefined) return project;
    const machine = await findMachine(cli, options.machine);
    return cli.call("projects.set-directory", {
      workspace,
      projectId,
      daemonId: machine.id,
      path: path.resolve(cli.io.workDirectory, options.directory),
      mode: options.mode === "in-place" ? "in_place" : "worktree",
    });
  },
});
