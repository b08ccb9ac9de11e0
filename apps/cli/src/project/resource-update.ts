import path from "node:path";
import { defineCommand } from "../command.ts";
import { CliError, exitCodes, invalidUse } from "../errors/cli-error.ts";
import { findProject } from "../find/find-project.ts";
import { machineOption, modeOption } from "./directory-options.ts";
import { findMachine } from "./find-machine.ts";

export const projectResourceUpdate = defineCommand({
  name: "project resource update",
  summary: "Change the local directory of a project on a machine, or how agents work there",
  route: "projects.set-directory",
  arguments: { project: { summary: "title or id" } },
  options: {
    directory: { value: "PATH", summary: "another folder on the machine" },
    mode: modeOption,
    machine: machineOption,
  },
  examples: ["headcount project resource update Website --mode in-place"],
  async run(cli, { argumentValues, options }) {
    if (options.directory === undefined && options.mode === undefined) {
      throw invalidUse("Nothing to change was named.", "Use --directory or --mode.");
    }
    const { id: projectId } = await findProject(cli, argumentValues.project);
    const workspace = await cli.workspace();
    const machine = await findMachine(cli, options.machine);
    const { directories } = await cli.call("projects.get", { workspace, projectId });
    const before = directories.find(({ daemonId }) => daemonId === machine.id);
    if (!before) {
      throw new CliError(`The project has no directory on ${machine.name}.`, {
        exitCode: exitCodes.notFound,
        nextStep: "Add one with `headcount project resource add`.",
      });
    }
    const chosen = options.mode === "in-place" ? "in_place" : "worktree";
    return cli.call("projects.set-directory", {
      workspace,
      projectId,
      daemonId: machine.id,
      path:
        options.directory === undefined
          ? before.path
          : path.resolve(cli.io.workDirectory, options.directory),
      mode: options.mode === undefined ? before.mode : chosen,
    });
  },
});
