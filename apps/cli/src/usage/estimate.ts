import { estimateCsv } from "@headcount/domain/usage/estimate/estimate-csv";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findAgent } from "../find/find-agent.ts";
import { findProject } from "../find/find-project.ts";
import { printEstimate } from "./print-estimate.ts";

export const usageEstimate = defineCommand({
  name: "usage estimate",
  summary: "Show what a task of an agent usually uses, before it starts",
  details:
    "From the agent's own newest tasks that completed or failed, in the named project where there are enough of them. Eight of ten are expected in the range. INSIDE tells how many of its latest tasks came out inside of the range that was known when they were queued. Nothing is said from fewer than eight tasks.",
  route: "usage.estimate",
  format: "table",
  options: {
    agent: { value: "NAME", summary: "whose task it would be" },
    project: { value: "NAME", summary: "in which project it would be" },
  },
  examples: [
    "headcount usage estimate --agent Ada",
    "headcount usage estimate --agent Ada --project Website --output json",
  ],
  async run(cli, { options }) {
    if (options.agent === undefined) {
      throw invalidUse("No agent is named.", "Name one with --agent.");
    }
    const agent = await findAgent(cli, options.agent);
    const project = options.project === undefined ? null : await findProject(cli, options.project);
    return cli.call("usage.estimate", {
      workspace: await cli.workspace(),
      agent: agent.id,
      ...(project ? { project: project.id } : {}),
    });
  },
  csv: estimateCsv,
  print: printEstimate,
});
