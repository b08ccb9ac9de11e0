import type { DaemonId, RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

export type MachineRuntime = {
  readonly id: RuntimeId;
  readonly online: boolean;
  /** Fingerprint of everything that the machine announces about it. */
  readonly facts: string;
};

/** Runtimes of one machine in the workspace that are not removed. */
export function readMachineRuntimes(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
): Promise<MachineRuntime[]> {
  return ctx.sql<MachineRuntime[]>`
    select id, online, md5(row(cli_title, machine_name, cli_version, daemon_version, platform,
      capabilities, problem, problem_detail, repair_hint, verified, verified_version,
      coverage, models, inspection, found_sessions)::text) as facts
    from runtimes
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId} and removed_at is null
    order by id`;
}
