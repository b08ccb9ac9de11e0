import { defineCommand } from "../command.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueRerun = defineCommand({
  name: "issue rerun",
  summary: "Run the latest finished task of an issue again",
  route: "tasks.rerun",
  format: "table",
  arguments: { issue: issueArgument },
  async run(cli, { argumentValues }) {
    const issue = readIssue(argumentValues.issue);
    const workspace = await cli.workspace();
    const { items } = await cli.call("issues.tasks", { workspace, issue, limit: 100 });
    const ended = items.find((task) => task.endedAt !== null);
    if (!ended) {
      throw new CliError(`No task of ${argumentValues.issue} has ended yet.`, {
        exitCode: exitCodes.notFound,
        nextStep: `See them with \`headcount task list --issue ${argumentValues.issue}\`.`,
      });
    }
    return cli.call("tasks.rerun", { workspace, taskId: ended.id });
  },
  print(task, printer) {
    printer.line(
      `${task.agentName} runs ${task.issueKey} again: task ${task.id} (${task.status}).`,
    );
  },
});
