import type { ClaimedTask, HeldLease } from "@headcount/contract/daemon/schemas";
import type { RunningAgent } from "@headcount/agent-drivers/core/driver";
import type { LimitStop } from "@headcount/contract/tasks/states";
import type { ChangeMeter } from "../changes/change-meter.ts";
import type { RunDirectories } from "./run-directories.ts";
import type { RunReporter } from "./run-reporter.ts";

/** Why a run is stopped before the agent is done. */
export type StopReason =
  /** A limit of the platform was reached; the task goes on another time. */
  | LimitStop
  /** A person or the platform cancelled the task. */
  | "cancel"
  /** The task belongs to another lease now. */
  | "lost"
  /** This daemon ends. */
  | "shutdown";

export type AgentPlace = {
  readonly marker: string;
  readonly directories: RunDirectories;
};

/** One task that this machine holds, from its claim until its end is in the outbox. */
export class ActiveRun {
  readonly task: ClaimedTask;
  readonly slot: number;
  step: HeldLease["step"] = "preparing";
  reporter: RunReporter | null = null;
  /** Null until the folders have been looked at, and where they cannot be measured. */
  changes: ChangeMeter | null = null;
  /** The agent while it runs. */
  agent: Pick<RunningAgent, "silentForMs"> | null = null;
  /** Set while an agent runs: how its processes are known, and where it works. */
  agentPlace: AgentPlace | null = null;
  #stopReason: StopReason | null = null;
  readonly #stop = new AbortController();

  constructor(task: ClaimedTask, slot: number) {
    this.task = task;
    this.slot = slot;
  }

  get stopReason(): StopReason | null {
    return this.#stopReason;
  }

  /** Fires when the run has to stop. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The first reason stands. */
  stop(reason: StopReason): void {
    this.#stopReason ??= reason;
    this.#stop.abort();
  }

  /** What the CLI writes and what its own files tell: the later of the two counts. */
  #silentForMs(): number {
    const silences = [this.reporter?.silentForMs ?? 0, this.agent?.silentForMs() ?? Infinity];
    return Math.round(Math.min(...silences));
  }

  heldLease(): HeldLease {
    const { workspaceId, taskId, lease } = this.task;
    const isRunning = this.step === "running";
    return {
      workspaceId,
      taskId,
      lease,
      step: this.step,
      silentForMs: isRunning ? this.#silentForMs() : 0,
      toolOpen: isRunning && (this.reporter?.hasOpenTool ?? false),
    };
  }
}
