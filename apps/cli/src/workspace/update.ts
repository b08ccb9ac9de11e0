import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";

export const workspaceUpdate = defineCommand({
  name: "workspace update",
  summary: "Change the workspace in use",
  route: "workspaces.update",
  refusedInTask: true,
  options: {
    name: { value: "NAME", summary: "what people call it" },
    issuePrefix: { value: "PREFIX", summary: "beginning of new issue keys" },
    description: { value: "TEXT", summary: "what it is for" },
    ...longTextOptions("context", "text that every agent receives"),
  },
  async run(cli, { options }) {
    const context = await readLongText(cli, "context", options);
    const changes = {
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.issuePrefix === undefined ? {} : { issuePrefix: options.issuePrefix }),
      ...(options.description === undefined ? {} : { description: options.description }),
      ...(context === undefined ? {} : { context }),
    };
    if (Object.keys(changes).length === 0) {
      throw invalidUse("Nothing to change was named.", "See `headcount workspace update --help`.");
    }
    return cli.call("workspaces.update", { workspace: await cli.workspace(), ...changes });
  },
});
