import type { FailureReason } from "@headcount/contract/tasks/states";

/** How a run ended before or instead of a result of the agent. */
export class RunFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.name = "RunFailure";
    this.reason = reason;
  }
}

/** The task cannot be prepared on this machine and goes back to the queue. */
export class GiveBack extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.name = "GiveBack";
    this.reason = reason;
  }
}

/** The run has to stop; its {@link ActiveRun} says why. */
export class RunStopped extends Error {
  constructor() {
    super("the run was stopped");
    this.name = "RunStopped";
  }
}
