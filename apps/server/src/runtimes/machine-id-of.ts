import type { DaemonIdentity } from "@headcount/contract/daemon/schemas";
import type { MachineId } from "@headcount/contract/kit/ids";

/** The computer that a daemon says it runs on; one that does not say is a machine of its own. */
export function machineIdOf(identity: DaemonIdentity): MachineId {
  return identity.machineId ?? (identity.daemonId as string as MachineId);
}
