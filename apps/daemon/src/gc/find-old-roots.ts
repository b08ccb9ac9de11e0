import path from "node:path";
import { daemon } from "@headcount/contract/daemon/routes";
import { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { abandonWorktree } from "../local-directory/make-worktree.ts";
import { checkoutsByUrl } from "../runs/check-out-repositories.ts";
import { readWorktreePlan } from "../local-directory/worktree-plan.ts";
import { settleWorktree } from "../runs/local-run.ts";
import { directoriesAt, readMeta } from "../runs/run-directories.ts";
import { removeTree } from "../state/remove-tree.ts";
import { collector, hourMs, type Garbage, type GarbageOptions } from "./garbage.ts";
import { tasksOf, type FoundRoot } from "./list-roots.ts";

const mostPerCall = 500;
const unclearKeptMs = 72 * hourMs;

type State = "keep" | "collect" | "unknown";

/**
 * Work directories of tasks that the server calls collectable. One without a word of its last run,
 * or whose task the server does not know (which may be its mistake), stays for three days.
 *
 * @throws ApiError when the server does not answer
 */
export async function findOldRoots(
  options: GarbageOptions,
  roots: readonly FoundRoot[],
): Promise<readonly Garbage[]> {
  const free = roots.filter((root) => isFree(options, root));
  const states = await askServer(options, free);
  return free.flatMap((root) => {
    const task = tasksOf(root)[0];
    const reason = reasonToGo(options, root, states.get(task ?? "") ?? "unknown");
    return reason === null
      ? []
      : [
          {
            kind: "work_directory" as const,
            path: root.root,
            reason,
            remove: () => remove(options, root),
          },
        ];
  });
}

/** Nobody works in it, and the server has everything that its runs had to say. */
export function isFree({ locks, outbox }: GarbageOptions, root: FoundRoot): boolean {
  if (locks.holderOf(root.root) !== null) return false;
  return !tasksOf(root).some((taskId) => outbox.holdsTask(taskId));
}

async function askServer(
  { client }: GarbageOptions,
  roots: readonly FoundRoot[],
): Promise<ReadonlyMap<string, State>> {
  const asked = roots.flatMap((root) => {
    const [taskId] = tasksOf(root);
    if (taskId === undefined) return [];
    return [{ workspaceId: WorkspaceId.parse(root.workspaceId), taskId: TaskId.parse(taskId) }];
  });
  const states = new Map<string, State>();
  for (let start = 0; start < asked.length; start += mostPerCall) {
    const items = asked.slice(start, start + mostPerCall);
    const reply = await client.call(daemon.collectable, { items });
    for (const { taskId, state } of reply.items) states.set(taskId, state);
  }
  return states;
}

function reasonToGo({ nowMs }: GarbageOptions, root: FoundRoot, state: State): string | null {
  if (state === "keep") return null;
  const endedAtMs = root.meta === null ? root.touchedAtMs : Date.parse(root.meta.endedAt);
  const isLongAgo = nowMs() - endedAtMs >= unclearKeptMs;
  if (root.meta === null) return isLongAgo ? "left unfinished for 3 days" : null;
  if (state === "collect") return "its issue is closed";
  return isLongAgo ? "unknown to the server for 3 days" : null;
}

async function remove(options: GarbageOptions, found: FoundRoot): Promise<boolean> {
  const { locks, repositories } = options;
  const { root, meta } = found;
  if (!isFree(options, found) || !locks.tryTake(root, collector)) return false;
  try {
    // Between the question and the lock a run may have come and gone.
    if ((await readMeta(root))?.endedAt !== meta?.endedAt) return false;
    if (!(await letGoOfWorktree(options, found))) return false;
    for (const [url, folder] of Object.entries(await checkoutsByUrl(root))) {
      await repositories.keepCommits(found.workspaceId, url, folder);
    }
    await removeTree(root);
    for (const url of meta?.repositories ?? []) {
      await repositories.removeWorktree(found.workspaceId, url, path.join(root, "workdir"));
    }
    return true;
  } finally {
    locks.release(root);
  }
}

/** Work that waits in a worktree of a person's repository goes onto its branch; else it stays. */
async function letGoOfWorktree(
  { worktrees }: GarbageOptions,
  { root }: FoundRoot,
): Promise<boolean> {
  const plan = await readWorktreePlan(root);
  if (plan === null || plan.state === "left") return true;
  const { work } = directoriesAt(root);
  if (plan.state === "making") {
    await abandonWorktree(root, work);
    return true;
  }
  const subject = "Work that was left when its run ended";
  const worktree = { root, work, source: plan.source, agentName: "Headcount", subject };
  return (await settleWorktree(worktrees, worktree)).problem === null;
}
