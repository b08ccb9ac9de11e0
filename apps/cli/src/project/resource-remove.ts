import { defineCommand } from "../command.ts";
import { CliError, exitCodes, invalidUse } from "../errors/cli-error.ts";
import { findProject } from "../find/find-project.ts";
import { machineOption } from "./directory-options.ts";
import { findMachine } from "./find-machine.ts";

export const projectResourceRemove = defineCommand({
  name: "project resource remove",
  summary: "Take a repository or the local directory on a machine away from a project",
  details: "Neither the repository nor the folder is touched.",
  route: "projects.remove-directory",
  arguments: { project: { summary: "title or id" } },
  options: {
    directory: { summary: "take the local directory away" },
    machine: machineOption,
    repository: { value: "URL", summary: "address of the repository to take away" },
  },
  examples: ["headcount project resource remove Website --directory"],
  async run(cli, { argumentValues, options }) {
    if (options.directory !== true && options.repository === undefined) {
      throw invalidUse("Nothing to remove was named.", "Use --directory or --repository.");
    }
    const { id: projectId } = await findProject(cli, argumentValues.project);
    const workspace = await cli.workspace();
    let project = await cli.call("projects.get", { workspace, projectId });
    if (options.repository !== undefined) {
      const left = project.repositories.filter(({ url }) => url !== options.repository);
      if (left.length === project.repositories.length) {
        throw new CliError(`The project has no repository ${options.repository}.`, {
          exitCode: exitCodes.notFound,
          nextStep: "See `headcount project resource list`.",
        });
      }
      project = await cli.call("projects.update", { workspace, projectId, repositories: left });
    }
    if (options.directory !== true) return project;
    const machine = await findMachine(cli, options.machine);
    return cli.call("projects.remove-directory", { workspace, projectId, daemonId: machine.id });
  },
});
