import { defineCommand } from "../command.ts";
import { requireOption } from "../input/require-option.ts";
import { accessOptions, readAccess, readAllowed } from "./access-words.ts";
import { agentOptions, readAgentFields } from "./agent-options.ts";

export const agentCreate = defineCommand({
  name: "agent create",
  summary: "Create an agent",
  route: "agents.create",
  options: { ...agentOptions, ...accessOptions },
  examples: [
    'headcount agent create --name Ada --runtime "laptop · Claude Code"',
    "headcount agent create --name Ada --instructions-file ada.md --access workspace",
  ],
  async run(cli, { options }) {
    const name = requireOption("name", options.name);
    const fields = await readAgentFields(cli, options);
    return cli.call("agents.create", {
      ...fields,
      workspace: await cli.workspace(),
      name,
      ...(options.access ? { access: readAccess(options.access) } : {}),
      allowedMemberIds: await readAllowed(cli, options.allow),
    });
  },
});
