import { defineCommand } from "../command.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";

export const repoCheckout = defineCommand({
  name: "repo checkout",
  summary: "Get a worktree of one more repository, inside of a task",
  format: "table",
  arguments: { repository: { summary: "address of the repository" } },
  options: { ref: { value: "NAME", summary: "branch, tag or commit to start from" } },
  examples: ["headcount repo checkout https://github.com/acme/web --ref main"],
  async run(cli, { argumentValues, options }) {
    const marker = cli.io.environment["HEADCOUNT_RUN"];
    const socketPath = cli.io.environment["HEADCOUNT_SOCKET"];
    if (!cli.taskMode || !marker || !socketPath) {
      throw new CliError("`headcount repo checkout` works inside of a task only.", {
        exitCode: exitCodes.permission,
        nextStep: "Outside of a task, clone the repository with git.",
      });
    }
    const { requestCheckout } = await import("@headcount/daemon/control/control-client");
    try {
      return await requestCheckout({
        socketPath,
        marker,
        url: argumentValues.repository,
        ref: options.ref ?? null,
      });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : "The daemon refused the checkout.";
      throw new CliError(message, { nextStep: "Say so in a comment on the issue.", cause });
    }
  },
  print({ directory, branch }, printer) {
    printer.line(directory);
    printer.hint(`On the branch ${branch}.`);
  },
});
