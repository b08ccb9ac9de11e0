import { TaskStatus } from "@headcount/contract/tasks/states";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTerminal, mayRunNow, taskCan } from "./task-can.ts";
import {
  initialState,
  type TaskState,
  type TaskStep,
  transition,
  withRevokedLease,
} from "./transitions.ts";

const statuses = TaskStatus.options;

/** One step of each type whose own guard is satisfied, under the lease of `stateIn`. */
const permissive: Readonly<Record<TaskStep["type"], TaskStep>> = {
  promote: { type: "promote", due: true, runtimeReady: true, slotFree: true },
  cancel: { type: "cancel", cause: "person" },
  reconnect_grace_over: { type: "reconnect_grace_over" },
  expire: {
    type: "expire",
    queuedForMs: 7_200_001,
    expiryMs: 7_200_000,
    held: false,
    retriesLostRuntime: false,
  },
  claim: { type: "claim" },
  return_to_queue: { type: "return_to_queue" },
  redeliver: { type: "redeliver", dispatchedForMs: 90_001, leaseLapsed: true },
  wait_for_directory: { type: "wait_for_directory", lease: 3 },
  start: { type: "start", lease: 3 },
  preparation_failed: { type: "preparation_failed", lease: 3, failureReason: "directory_error" },
  preparation_lapsed: { type: "preparation_lapsed", dispatchedForMs: 300_001, leaseLapsed: true },
  report: { type: "report", lease: 3, result: { status: "completed", outcome: "done" } },
  runtime_silent: { type: "runtime_silent", silentForMs: 10_800_000, graceMs: 10_800_000 },
  daemon_restarted: { type: "daemon_restarted" },
};
const stepTypes = Object.keys(permissive) as readonly TaskStep["type"][];

function stateIn(status: TaskStatus): TaskState {
  const terminal = isTerminal(status);
  return {
    status,
    lease: 3,
    leaseRevoked: false,
    failureReason: status === "failed" ? "agent_error.unknown" : null,
    outcome: terminal ? (status === "completed" ? "done" : (status as "failed")) : null,
  };
}

function reached(state: TaskState, step: TaskStep): string {
  const verdict = transition(state, step);
  return verdict.ok ? verdict.value.status : verdict.reason;
}

describe("transition", () => {
  it("allows exactly the drawn transitions for every status and step", () => {
    const table = Object.fromEntries(
      statuses.map((status) => [
        status,
        Object.fromEntries(
          stepTypes.flatMap((type) => {
            const verdict = transition(stateIn(status), permissive[type]);
            return verdict.ok ? [[type, verdict.value.status]] : [];
          }),
        ),
      ]),
    );
    expect(table).toEqual({
      deferred: { promote: "queued", cancel: "cancelled", reconnect_grace_over: "failed" },
      queued: { cancel: "cancelled", expire: "failed", claim: "dispatched" },
      dispatched: {
        cancel: "cancelled",
        return_to_queue: "queued",
        redeliver: "dispatched",
        wait_for_directory: "waiting_directory",
        start: "running",
        preparation_failed: "failed",
        preparation_lapsed: "failed",
        daemon_restarted: "failed",
      },
      waiting_directory: {
        cancel: "cancelled",
        start: "running",
        preparation_failed: "failed",
        preparation_lapsed: "failed",
        daemon_restarted: "failed",
      },
      running: {
        cancel: "cancelled",
        report: "completed",
        runtime_silent: "failed",
        daemon_restarted: "failed",
      },
      completed: {},
      failed: {},
      cancelled: {},
    });
  });

  it("INV-3 redelivers only a claim that lapsed and is older than 90 s, under a new lease", () => {
    const step = { type: "redeliver", dispatchedForMs: 90_001, leaseLapsed: true } as const;
    const verdict = transition(stateIn("dispatched"), step);
    expect(verdict).toMatchObject({ ok: true, value: { lease: 4, status: "dispatched" } });
    for (const early of [
      { ...step, dispatchedForMs: 90_000 },
      { ...step, leaseLapsed: false },
    ]) {
      expect(reached(stateIn("dispatched"), early)).toBe("task.grace_running");
    }
  });

  it("returns a task that could not be built under the same lease number", () => {
    const verdict = transition(stateIn("dispatched"), { type: "return_to_queue" });
    expect(verdict).toMatchObject({ ok: true, value: { lease: 3, status: "queued" } });
  });

  it("refuses every step of a worker under an older or revoked lease", () => {
    const workerSteps = ["wait_for_directory", "start", "preparation_failed", "report"] as const;
    for (const type of workerSteps) {
      const status = type === "report" ? "running" : "dispatched";
      const stale = { ...permissive[type], lease: 2 } as TaskStep;
      expect(reached(stateIn(status), stale)).toBe("lease_lost");
      const revoked = { ...stateIn(status), leaseRevoked: true };
      expect(reached(revoked, permissive[type])).toBe("lease_lost");
    }
  });

  it.each([
    [{ status: "completed", outcome: "no_response" }, "completed", "no_response"],
    [{ status: "failed", failureReason: "timeout" }, "failed", "failed"],
    [{ status: "cancelled" }, "cancelled", "cancelled"],
  ] as const)(
    "INV-18 a late true result %j replaces a presumed loss",
    (result, status, outcome) => {
      const lost: TaskState = { ...stateIn("failed"), failureReason: "runtime_offline" };
      const verdict = transition(lost, { type: "report", lease: 3, result });
      expect(verdict).toMatchObject({ ok: true, value: { status, outcome } });
      const revoked = withRevokedLease(lost);
      expect(reached(revoked, { type: "report", lease: 3, result })).toBe("lease_lost");
    },
  );

  it("INV-18 ignores a report after a final state", () => {
    for (const status of ["completed", "failed", "cancelled"] as const) {
      expect(reached(stateIn(status), permissive.report)).toBe("task.already_ended");
    }
  });

  it("lets a worker give up before the start but never complete there", () => {
    const failed: TaskStep = {
      type: "report",
      lease: 3,
      result: { status: "failed", failureReason: "directory_error" },
    };
    expect(reached(stateIn("dispatched"), failed)).toBe("failed");
    expect(reached(stateIn("dispatched"), permissive.report)).toBe("task.illegal_transition");
  });

  it("INV-1 expires neither held tasks, nor retries of a lost runtime, nor anything early", () => {
    const step = permissive.expire as Extract<TaskStep, { type: "expire" }>;
    expect(reached(stateIn("queued"), { ...step, held: true })).toBe("task.held");
    expect(reached(stateIn("queued"), { ...step, retriesLostRuntime: true })).toBe("task.held");
    expect(reached(stateIn("queued"), { ...step, queuedForMs: 7_200_000 })).toBe("task.not_due");
  });

  it("INV-7 a silent runtime fails its run only after the whole grace, never under 150 s", () => {
    const silent = (silentForMs: number, graceMs: number): string =>
      reached(stateIn("running"), { type: "runtime_silent", silentForMs, graceMs });
    expect(silent(10_799_999, 10_800_000)).toBe("task.grace_running");
    expect(silent(149_999, 1_000)).toBe("task.grace_running");
    expect(silent(150_000, 1_000)).toBe("failed");
  });

  it("INV-12 promotes only what is due, has its runtime and finds its slot free", () => {
    const step = permissive.promote as Extract<TaskStep, { type: "promote" }>;
    expect(reached(stateIn("deferred"), { ...step, due: false })).toBe("task.not_due");
    expect(reached(stateIn("deferred"), { ...step, runtimeReady: false })).toBe("task.not_due");
    expect(reached(stateIn("deferred"), { ...step, slotFree: false })).toBe("task.slot_busy");
    expect(reached(stateIn("queued"), step)).toBe("task.not_deferred");
  });

  it("keeps its promises along any sequence of steps", () => {
    const anyStep = fc.constantFrom(...stepTypes).chain((type) =>
      fc.record({ lease: fc.nat({ max: 6 }) }).map(({ lease }) => {
        const step = permissive[type];
        return "lease" in step ? { ...step, lease } : step;
      }),
    );
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        let state = initialState("now");
        for (const step of steps) {
          const verdict = transition(state, step);
          if (!verdict.ok) continue;
          const next = verdict.value;
          expect(next.lease).toBeGreaterThanOrEqual(state.lease);
          expect(next.outcome === null).toBe(!isTerminal(next.status));
          expect(next.failureReason !== null).toBe(next.status === "failed");
          const revived = isTerminal(state.status) && !isTerminal(next.status);
          expect(revived).toBe(false);
          expect("lease" in step ? step.lease : state.lease).toBe(state.lease);
          state = next;
        }
      }),
    );
  });
});

describe("taskCan", () => {
  it("splits all statuses into what can be cancelled and what can be run again", () => {
    for (const status of statuses) expect(taskCan.cancel(status)).toBe(!taskCan.rerun(status));
    expect(statuses.filter(taskCan.promote)).toEqual(["deferred"]);
  });

  it("agrees with the state machine on cancelling", () => {
    for (const status of statuses) {
      expect(transition(stateIn(status), permissive.cancel).ok).toBe(taskCan.cancel(status));
    }
  });
});

describe("mayRunNow", () => {
  it.each([
    ["deferred", null, true],
    ["deferred", "scheduled", true],
    ["queued", "quota_wait", true],
    ["queued", "agent_busy", false],
    ["queued", null, false],
    ["dispatched", "quota_wait", false],
    ["failed", null, false],
  ] as const)("%s and waiting for %s: %s", (status, code, expected) => {
    expect(mayRunNow({ status, waiting: code && { code } })).toBe(expected);
  });
});
