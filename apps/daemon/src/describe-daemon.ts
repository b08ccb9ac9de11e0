import type { DaemonIdentity } from "@headcount/contract/daemon/schemas";
import type { DaemonStatus } from "./control/control-protocol.ts";
import type { DaemonParts } from "./daemon-parts.ts";
import type { DaemonConfig } from "./state/daemon-config.ts";

export type DescribedDaemon = {
  readonly config: DaemonConfig;
  readonly identity: DaemonIdentity;
  readonly parts: DaemonParts;
};

/** What the daemon says about itself on its socket. */
export function describeDaemon(
  { config, identity, parts }: DescribedDaemon,
  life: Pick<DaemonStatus, "startedAt" | "phase">,
): DaemonStatus {
  const { heartbeat, wakeSocket, disk, slots, registry, registration } = parts;
  const { detection, runs, outbox } = parts;
  return {
    profile: config.profile,
    daemonId: identity.daemonId,
    version: identity.version,
    pid: process.pid,
    ...life,
    deviceName: identity.deviceName,
    serverUrl: config.serverUrl,
    connected: heartbeat.isConnected,
    socketOpen: wakeSocket.isOpen,
    clockOffsetMs: heartbeat.clockOffsetMs,
    machineProblem: disk.problem,
    slots: { total: slots.total, free: slots.idle },
    workspaces: registry.workspaces.map((workspace) => ({
      ...workspace,
      refusal: registration.refusalOf(workspace.id),
    })),
    clis: detection.clis.map(({ spec, version, problem, repairHint }) => ({
      cli: spec.id,
      title: spec.title,
      version,
      problem,
      repairHint,
    })),
    tasks: runs.active.map(({ task, step, slot }) => ({
      taskId: task.taskId,
      issueKey: task.issue.key,
      agentName: task.agent.name,
      cli: task.cli,
      step,
      slot,
    })),
    outbox: outbox.figures,
    rejected: [...outbox.rejected],
  };
}
