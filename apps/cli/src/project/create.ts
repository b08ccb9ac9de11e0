import { defineCommand } from "../command.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import { requireOption } from "../input/require-option.ts";
import { readRepositories, repositoryOption } from "./read-repositories.ts";

export const projectCreate = defineCommand({
  name: "project create",
  summary: "Create a project",
  route: "projects.create",
  options: {
    title: { value: "TITLE", summary: "one line (required)" },
    ...longTextOptions("description", "what it is about, Markdown"),
    repository: repositoryOption,
  },
  examples: ["headcount project create --title Website --repository https://github.com/acme/web"],
  async run(cli, { options }) {
    const title = requireOption("title", options.title);
    const description = await readLongText(cli, "description", options);
    return cli.call("projects.create", {
      workspace: await cli.workspace(),
      title,
      ...(description === undefined ? {} : { description }),
      repositories: readRepositories(options.repository ?? []),
    });
  },
});
