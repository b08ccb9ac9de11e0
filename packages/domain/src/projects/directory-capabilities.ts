import type { DaemonCapability } from "@headcount/contract/daemon/schemas";
import type { DirectoryMode } from "@headcount/contract/projects/directory";

/** What a daemon must declare before it is given work in a directory of its machine. */
export function capabilitiesFor(mode: DirectoryMode): readonly DaemonCapability[] {
  return mode === "worktree" ? ["local_directory", "worktree"] : ["local_directory"];
}
