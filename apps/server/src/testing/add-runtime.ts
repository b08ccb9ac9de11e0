import type { DaemonId, MachineId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import { newId } from "@headcount/contract/kit/ids";
import { setWorkspace } from "../platform/database.ts";
import type { TestApp } from "./test-app.ts";

export type RuntimeToAdd = {
  readonly ownerId: UserId;
  readonly cli?: string;
  readonly sharing?: "private" | "workspace";
  readonly machineName?: string;
  readonly daemonId?: DaemonId;
  readonly machineId?: MachineId;
  readonly lastSeenAt?: Date;
};

export type AddedRuntime = { readonly id: RuntimeId; readonly daemonId: DaemonId };

/** A machine with one CLI as its registration and latest heartbeat would leave it. */
export async function addRuntime(test: TestApp, wanted: RuntimeToAdd): Promise<AddedRuntime> {
  const id = newId<RuntimeId>();
  const daemonId = wanted.daemonId ?? newId<DaemonId>();
  const machineId = wanted.machineId ?? daemonId;
  const cli = wanted.cli ?? "claude";
  const machine = wanted.machineName ?? "laptop";
  const seenAt = wanted.lastSeenAt ?? test.now();
  await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    await tx`
      insert into daemons (id, user_id, machine_id, device_name, version, platform, created_at)
      values (${daemonId}, ${wanted.ownerId}, ${machineId}, ${machine}, '1.0.0', 'linux', ${seenAt})
      on conflict do nothing`;
    await tx`
      insert into runtimes (workspace_id, id, daemon_id, machine_id, owner_id, cli, cli_title,
        machine_name, daemon_version, platform, sharing, last_seen_at, created_at)
      values (${test.workspaceId}, ${id}, ${daemonId}, ${machineId}, ${wanted.ownerId}, ${cli}, ${cli},
        ${machine},
        '1.0.0', 'linux', ${wanted.sharing ?? "private"}, ${seenAt}, ${seenAt})`;
    await tx`
      insert into daemon_liveness (workspace_id, daemon_id, beat_at, slots_total, slots_free)
      values (${test.workspaceId}, ${daemonId}, ${seenAt}, 4, 3)
      on conflict (workspace_id, daemon_id) do update set beat_at = excluded.beat_at`;
  });
  return { id, daemonId };
}
