import { useRuntimes } from "../agents/runtime-select.tsx";
import { groupByMachine } from "../runtimes/group-by-machine.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { OwnMachine } from "./directory-rows.tsx";

/** Machines of the reader that serve the workspace. */
export function useOwnMachines(): readonly OwnMachine[] {
  const workspace = useWorkspace();
  const own = useRuntimes(workspace.id).filter(({ owner }) => owner.id === workspace.user.id);
  return groupByMachine(own).map(({ daemonId, freshest }) => ({
    daemonId,
    name: freshest.machineName,
  }));
}
