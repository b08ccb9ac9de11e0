import { defineCommand } from "../command.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";

export const authStatus = defineCommand({
  name: "auth status",
  summary: "Say where and as whom this command line is signed in",
  format: "table",
  async run(cli) {
    const { serverUrl, token } = await cli.connection();
    if (cli.taskMode) {
      const { name } = await cli.call("workspaces.get", { workspace: cli.taskMode.workspace });
      return { serverUrl, as: "task", name, taskId: cli.taskMode.taskId };
    }
    if (token === null) {
      throw new CliError("You are not signed in.", {
        exitCode: exitCodes.permission,
        nextStep: `Sign in to ${serverUrl} with \`headcount login\`.`,
      });
    }
    const { user } = await cli.call("account.me", {});
    return { serverUrl, as: "person", name: user.name, email: user.email };
  },
  print(status, printer) {
    const who = "email" in status ? `${status.name} (${status.email})` : `a task in ${status.name}`;
    printer.line(`Signed in to ${status.serverUrl} as ${who}.`);
  },
});
