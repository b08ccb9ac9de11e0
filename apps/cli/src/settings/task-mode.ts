import { CliError, exitCodes } from "../errors/cli-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What the daemon injected into a run; the only credentials that count there. */
export type TaskMode = {
  readonly token: string;
  readonly serverUrl: string;
  readonly workspace: string;
  readonly workspaceSlug: string | null;
  readonly taskId: string | null;
  readonly issueKey: string | null;
};

const markers = ["HEADCOUNT_TASK_ID", "HEADCOUNT_RUN", "HEADCOUNT_TOKEN"];

/** Whether an agent's run surrounds this process. One marker is enough: doubt never opens a profile. */
export function isTaskMode(environment: Environment): boolean {
  return markers.some((name) => (environment[name] ?? "") !== "");
}

/**
 * @returns null outside of a run
 * @throws CliError exit 3 when a run's credentials are missing or are not a task's
 */
export function readTaskMode(environment: Environment): TaskMode | null {
  if (!isTaskMode(environment)) return null;
  const token = environment["HEADCOUNT_TOKEN"] ?? "";
  if (!token.startsWith("hct_")) {
    throw refuse("HEADCOUNT_TOKEN does not hold a task token, so nothing was sent.");
  }
  const serverUrl = environment["HEADCOUNT_SERVER_URL"] ?? "";
  if (serverUrl === "") throw refuse("HEADCOUNT_SERVER_URL is missing, so nothing was sent.");
  const workspace = environment["HEADCOUNT_WORKSPACE_ID"] || environment["HEADCOUNT_WORKSPACE"];
  if (!workspace) throw refuse("HEADCOUNT_WORKSPACE_ID is missing, so nothing was sent.");
  return {
    token,
    serverUrl,
    workspace,
    workspaceSlug: environment["HEADCOUNT_WORKSPACE"] || null,
    taskId: environment["HEADCOUNT_TASK_ID"] || null,
    issueKey: environment["HEADCOUNT_ISSUE_KEY"] || null,
  };
}

function refuse(message: string): CliError {
  return new CliError(message, {
    exitCode: exitCodes.permission,
    nextStep:
      "Run this from the agent's own process, or clear HEADCOUNT_TASK_ID, HEADCOUNT_RUN and HEADCOUNT_TOKEN outside of a task.",
  });
}
