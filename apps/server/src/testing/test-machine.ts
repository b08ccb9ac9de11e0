import { randomUUID } from "node:crypto";
import type { InputOf, OutputOf } from "@headcount/contract/kit/route";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { DaemonId, MachineId, RuntimeId } from "@headcount/contract/kit/ids";
import type { TestApp, TestPerson } from "./test-app.ts";

type Beat = Partial<InputOf<typeof daemon.heartbeat>>;
type Records = InputOf<typeof daemon.outbox>["records"];
type Terminal = Extract<Records[number], { kind: "terminal" }>["body"];

/** A machine that speaks the daemon's API by hand: no processes, no loops. */
export type TestMachine = {
  readonly daemonId: DaemonId;
  readonly token: string;
  readonly runtimeId: RuntimeId;
  register(clis?: readonly string[]): Promise<OutputOf<typeof daemon.register>>;
  beat(beat?: Beat): Promise<OutputOf<typeof daemon.heartbeat>>;
  claim(options?: { max?: number; claimId?: string }): Promise<ClaimedTask[]>;
  start(task: ClaimedTask): Promise<unknown>;
  send(records: Records): Promise<OutputOf<typeof daemon.outbox>["acknowledgements"]>;
  /** Ends a run; completed with an answer unless stated. */
  finish(task: ClaimedTask, end?: Partial<Terminal>): Promise<string>;
};

/** Enrols and registers a daemon of this person with one CLI, on a machine of its own unless named. */
export async function createTestMachine(
  test: TestApp,
  owner: TestPerson,
  known: {
    readonly daemonId?: DaemonId;
    readonly machineId?: MachineId;
    readonly capabilities?: readonly string[];
  } = {},
): Promise<TestMachine> {
  const identity = {
    // Machines mint their own identity; the brand is the server's.
    daemonId: known.daemonId ?? (randomUUID() as DaemonId),
    ...(known.machineId === undefined ? {} : { machineId: known.machineId }),
    deviceName: `${owner.name}'s machine`,
    version: "0.1.0",
    platform: "linux",
    capabilities: [...(known.capabilities ?? ["resume"])],
  };
  const { token } = await owner.call(daemon.enrol, identity);
  const register: TestMachine["register"] = (clis = ["claude"]) =>
    test.callAs(token, daemon.register, {
      workspaceId: test.workspaceId,
      identity,
      slots: { total: 20, free: 20 },
      runtimes: clis.map((cli) => ({
        cli,
        cliTitle: cli,
        version: "1.0.0",
        verified: true,
        coverage: { level: "exact" as const, reason: "" },
      })),
    });
  const registered = await register();
  const runtimeIds = registered.runtimes.map((runtime) => runtime.id);
  const [runtimeId] = runtimeIds;
  if (!runtimeId) throw new Error("The machine has no runtime");
  const send: TestMachine["send"] = async (records) =>
    (await test.callAs(token, daemon.outbox, { records: [...records] })).acknowledgements;
  return {
    daemonId: identity.daemonId,
    token,
    runtimeId,
    register,
    send,
    beat: (beat = {}) =>
      test.callAs(token, daemon.heartbeat, {
        runtimeIds,
        leases: [],
        slots: { total: 20, free: 20 },
        outbox: { depth: 0, oldestAgeMs: 0 },
        ...beat,
      }),
    claim: async ({ max = 32, claimId = randomUUID() } = {}) =>
      (await test.callAs(token, daemon.claim, { claimId, runtimeIds, max })).tasks,
    start: (task) =>
      test.callAs(token, daemon.start, {
        workspaceId: task.workspaceId,
        taskId: task.taskId,
        lease: task.lease,
        argv: ["claude"],
        workDirectory: "/tmp/work",
        displayDirectory: "~/work",
        branch: null,
        resumed: false,
      }),
    finish: async (task, end = {}) => {
      const [answer] = await send([terminalRecord(task, end)]);
      return answer?.result ?? "none";
    },
  };
}

/** A report about the end of a run, as the last record of its outbox. */
export function terminalRecord(task: ClaimedTask, end: Partial<Terminal> = {}): Records[number] {
  return {
    workspaceId: task.workspaceId,
    taskId: task.taskId,
    lease: task.lease,
    sequence: 1_000,
    kind: "terminal",
    body: {
      status: "completed",
      answer: "It works now.",
      failureReason: null,
      error: null,
      sessionId: "session-1",
      sessionRetired: false,
      resumeRejected: false,
      workDirectory: "/tmp/work",
      branch: null,
      modelUsed: null,
      durationMs: 1_000,
      coverage: { level: "exact", reason: "" },
      ...end,
    },
  };
}
