import type { RuntimeId, TaskId } from "@headcount/contract/kit/ids";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import type { Cli } from "../cli.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";

/** The runtime that the task of this process runs on. */
export async function hostingRuntime(cli: Cli): Promise<Runtime> {
  const workspace = await cli.workspace();
  const taskId = cli.taskMode?.taskId;
  if (!taskId) {
    throw new CliError("HEADCOUNT_TASK_ID is missing.", { exitCode: exitCodes.permission });
  }
  // The server checks both ids.
  const task = await cli.call("tasks.get", { workspace, taskId: taskId as TaskId });
  if (task.runtimeId === null) {
    throw new CliError("This task has no runtime.", { exitCode: exitCodes.notFound });
  }
  const runtimeId: RuntimeId = task.runtimeId;
  return cli.call("runtimes.get", { workspace, runtimeId });
}
