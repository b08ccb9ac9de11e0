import { runCommand } from "@headcount/agent-drivers/core/run-command";
import { buildEnvironment, type RunEnvironment } from "@headcount/agent-drivers/core/environment";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { Redactor } from "@headcount/redaction/redactor";
import type { RunLimits, RunOptions } from "@headcount/agent-drivers/core/types";
import type { ActiveRun } from "./active-run.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { RunContext } from "./run-context.ts";

/** A limit that is off: longer than any machine stays up. */
const neverMs = 100 * 365 * 86_400_000;

/** The complete environment of an agent, and the names of its own variables that were refused. */
export function environmentOfRun(
  context: RunContext,
  run: ActiveRun,
  prepared: Pick<PreparedRun, "cli" | "directories" | "temporary" | "excludes" | "identity">,
  marker: string,
): RunEnvironment {
  const { task, slot } = run;
  return buildEnvironment({
    inherited: context.config.environment,
    agent: task.agent.environment,
    product: {
      HEADCOUNT_SERVER_URL: context.config.serverUrl,
      HEADCOUNT_TOKEN: task.token,
      HEADCOUNT_WORKSPACE_ID: task.workspaceId,
      HEADCOUNT_WORKSPACE: task.workspaceSlug,
      HEADCOUNT_AGENT_ID: task.agent.id,
      HEADCOUNT_AGENT_NAME: task.agent.name,
      HEADCOUNT_TASK_ID: task.taskId,
      HEADCOUNT_ISSUE_KEY: task.issue.key,
      HEADCOUNT_SLOT: String(slot),
      HEADCOUNT_SOCKET: context.paths.socket,
      HEADCOUNT_CONFIG_HOME: prepared.directories.home,
      ...tutorialPace(context),
      ...gitSettings(context, prepared.excludes),
      ...withoutOwn(prepared.identity, task.agent.environment),
      TMPDIR: prepared.temporary,
      TMP: prepared.temporary,
      TEMP: prepared.temporary,
    },
    binaryDirectory: context.paths.bin,
    marker,
    reserved: prepared.cli.spec.environment.reserved,
  });
}

/** One more setting for every git of the agent, after those that it has in this way: git-config(1). */
function gitSettings({ config }: RunContext, excludes: string | null): Record<string, string> {
  if (excludes === null) return {};
  const count = Number(config.environment["GIT_CONFIG_COUNT"] ?? 0) || 0;
  return {
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: "core.excludesFile",
    [`GIT_CONFIG_VALUE_${count}`]: excludes,
  };
}

/** Whom the agent's own settings name comes first. */
function withoutOwn(
  variables: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !(name in own)));
}

/** The one setting of ours that an agent of ours reads: how fast the shipped one walks its steps. */
function tutorialPace({ config }: RunContext): Record<string, string> {
  const paceMs = config.environment["HEADCOUNT_TUTORIAL_PACE_MS"];
  return paceMs === undefined ? {} : { HEADCOUNT_TUTORIAL_PACE_MS: paceMs };
}

export type AttemptInput = {
  readonly marker: string;
  readonly environment: RunEnvironment;
  readonly resumeSessionId: string | null;
  readonly startedAtMs: number;
};

export function optionsOfRun(
  context: RunContext,
  run: ActiveRun,
  prepared: PreparedRun,
  attempt: AttemptInput,
): RunOptions {
  const { task } = run;
  const { cli, directories } = prepared;
  const readsNoFile = cli.spec.context.inlineSystemPrompt === "prepend";
  return {
    executable: cli.executable,
    launchPrefix: cli.launchPrefix,
    extraArguments: [...cli.settings.arguments, ...task.agent.arguments],
    workDirectory: directories.work,
    prompt: promptOfRun(task, attempt.resumeSessionId),
    model: task.agent.model ?? cli.settings.model ?? null,
    effort: task.agent.effort,
    resumeSessionId: attempt.resumeSessionId,
    systemPrompt: readsNoFile ? prepared.briefText : null,
    mcpConfig: task.agent.mcpServers && { mcpServers: task.agent.mcpServers },
    privateDirectory: directories.home,
    skillDocuments: prepared.skillDocuments,
    usesPrivateHome: prepared.usesPrivateHome,
    environment: attempt.environment.variables,
    marker: attempt.marker,
    startedAtMs: attempt.startedAtMs,
    limits: limitsOf(context, run),
  };
}

/** An agent that should remember and does not is told so first. */
export function promptOfRun(
  task: Pick<ClaimedTask, "continuityNotice" | "turnPrompt">,
  resumeSessionId: string | null,
): string {
  const { continuityNotice, turnPrompt } = task;
  if (resumeSessionId !== null || continuityNotice === "") return turnPrompt;
  return `${continuityNotice}\n\n${turnPrompt}`;
}

function limitsOf({ config }: RunContext, run: ActiveRun): Partial<RunLimits> {
  const agentMinutes = run.task.agent.wallClockMinutes;
  const { idleMs, handshakeMs, progressMs } = config;
  return {
    totalMs: agentMinutes === null ? config.taskTimeoutMs : agentMinutes * 60_000,
    idleInToolMs: config.idleInToolMs ?? neverMs,
    ...(idleMs === undefined ? {} : { idleMs: idleMs ?? neverMs }),
    // A handshake has a timer of its own, which cannot wait for longer than the system's.
    ...(handshakeMs === undefined ? {} : { handshakeMs: handshakeMs ?? longestTimerMs }),
    ...(progressMs === undefined ? {} : { progressMs: progressMs ?? neverMs }),
  };
}

/** Timers of Node end at 2^31 − 1 ms, 24 days. */
const longestTimerMs = 2 ** 31 - 1;

/** The command line for run details: no values of secrets, no prompt. */
export function shownCommandLine(
  prepared: PreparedRun,
  options: RunOptions,
  redactor: Redactor,
): string[] {
  const { command, arguments: parts } = runCommand(prepared.cli.spec, options);
  return [command, ...parts]
    .map((part) => (part.includes(options.prompt) ? "[prompt]" : redactor.redact(part)))
    .map((part) => part.slice(0, 10_000))
    .slice(0, 500);
}
