import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findProject } from "../find/find-project.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import { readRepositories, repositoryOption } from "./read-repositories.ts";

export const projectUpdate = defineCommand({
  name: "project update",
  summary: "Change a project; what is not named stays",
  route: "projects.update",
  arguments: { project: { summary: "title or id" } },
  options: {
    title: { value: "TITLE", summary: "new title" },
    ...longTextOptions("description", "new description, Markdown"),
    repository: repositoryOption,
    withoutRepositories: { summary: "take all repositories away" },
  },
  async run(cli, { argumentValues, options }) {
    const { id } = await findProject(cli, argumentValues.project);
    const description = await readLongText(cli, "description", options);
    const repositories = options.withoutRepositories ? [] : options.repository;
    const changes = {
      ...(options.title === undefined ? {} : { title: options.title }),
      ...(description === undefined ? {} : { description }),
      ...(repositories === undefined ? {} : { repositories: readRepositories(repositories) }),
    };
    if (Object.keys(changes).length === 0) {
      throw invalidUse("Nothing to change was named.", "See `headcount project update --help`.");
    }
    return cli.call("projects.update", {
      workspace: await cli.workspace(),
      projectId: id,
      ...changes,
    });
  },
});
