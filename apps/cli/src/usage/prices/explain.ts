import { defineCommand } from "../../command.ts";
import { printExplanation } from "./print-explanation.ts";

export const usageExplain = defineCommand({
  name: "usage explain",
  summary:
    "Show everything behind the cost of one event: tokens, rates, the sum, and why it counts",
  details: "`headcount usage events TASK` lists the events of a task.",
  route: "usage.explain",
  format: "table",
  arguments: { event: { summary: "id of the event, or its key" } },
  examples: ["headcount usage explain 0197c1a2-5b3e-8f21-4d07-9a1c33e0b7d4"],
  async run(cli, { argumentValues }) {
    return cli.call("usage.explain", {
      workspace: await cli.workspace(),
      event: argumentValues.event,
    });
  },
  print: printExplanation,
});
