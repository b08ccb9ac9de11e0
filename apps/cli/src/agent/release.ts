import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument } from "./agent-options.ts";

export const agentRelease = defineCommand({
  name: "agent release",
  summary: "Let an agent go on that the guard holds because it ran away",
  details:
    "Look at its runs first: `headcount task list --agent NAME`. What was stopped continues in its session. For the agent's owner, admins and owners.",
  route: "runaway.release",
  format: "table",
  arguments: { agent: agentArgument },
  options: { note: { value: "TEXT", summary: "what you found, for the team" } },
  async run(cli, { argumentValues, options }) {
    const agent = await findAgent(cli, argumentValues.agent);
    const workspace = await cli.workspace();
    const note = options.note ?? "";
    return cli.call("runaway.release", { workspace, agentId: agent.id, note });
  },
  print({ agentName, detail }, printer) {
    printer.line(`${agentName} goes on. It was held for this: ${detail}`);
  },
});
