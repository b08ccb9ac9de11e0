import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { GroupCommit, GroupedWork } from "./context.ts";
import { type Metrics, noMetrics } from "../metrics/metrics.ts";
import type { TransactionRunner } from "./transactions.ts";

type Waiting = {
  readonly items: readonly unknown[];
  readonly resolve: (results: readonly unknown[]) => void;
  readonly reject: (error: unknown) => void;
};

type Queue = { readonly waiting: Waiting[]; running: number };

const noRequest = { ipPrefix: null, userAgent: "" } as const;

/** Few transactions at a time per kind of work and workspace; each commits before its callers go on. */
export function createGroupCommit(
  runner: Pick<TransactionRunner, "inWorkspace">,
  metrics: Metrics = noMetrics,
): GroupCommit {
  const queues = new Map<string, Queue>();

  const runTogether = async (
    work: GroupedWork<unknown, unknown>,
    workspaceId: WorkspaceId,
    group: readonly Waiting[],
  ): Promise<void> => {
    try {
      const { value } = await runner.inWorkspace({
        workspaceId,
        mode: work.mode ?? "write",
        request: noRequest,
        resolveActor: async () => ({ kind: "system", job: work.name }) as const,
        run: (ctx) =>
          work.run(
            ctx,
            group.flatMap((waiting) => waiting.items),
          ),
      });
      let start = 0;
      for (const { items, resolve } of group) {
        resolve(value.slice(start, start + items.length));
        start += items.length;
      }
      metrics.observe("headcount_group_commit_items", start, { work: work.name });
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only) return only.reject(error);
      // Whatever one of them brought must not fail the others.
      for (const waiting of group) await runTogether(work, workspaceId, [waiting]);
    }
  };

  const drain = async (
    key: string,
    work: GroupedWork<unknown, unknown>,
    workspaceId: WorkspaceId,
  ): Promise<void> => {
    const queue = queues.get(key);
    if (!queue || queue.running >= (work.atOnce ?? 1)) return;
    if (queue.running > 0 && countItems(queue.waiting) < (work.enoughForAnother ?? 0)) return;
    queue.running += 1;
    while (queue.waiting.length > 0) {
      await runTogether(work, workspaceId, takeGroup(queue.waiting, work.mostItems));
    }
    queue.running -= 1;
    if (queue.running === 0) queues.delete(key);
  };

  const inTurn: GroupCommit = (work, workspaceId, items) =>
    new Promise((resolve, reject) => {
      const key = `${work.name} ${workspaceId}`;
      const queue = queues.get(key) ?? { waiting: [], running: 0 };
      queues.set(key, queue);
      queue.waiting.push({ items, resolve: resolve as Waiting["resolve"], reject });
      // Failures reach the callers through their own promises.
      void drain(key, work as unknown as GroupedWork<unknown, unknown>, workspaceId);
    });

  return async (work, workspaceId, items) => {
    const startedAt = performance.now();
    const results = await inTurn(work, workspaceId, items);
    const seconds = (performance.now() - startedAt) / 1_000;
    metrics.observe("headcount_group_commit_seconds", seconds, { work: work.name });
    return results;
  };
}

const countItems = (waiting: readonly Waiting[]): number =>
  waiting.reduce((sum, { items }) => sum + items.length, 0);

function takeGroup(waiting: Waiting[], mostItems: number): Waiting[] {
  const group = waiting.splice(0, 1);
  let count = group[0]?.items.length ?? 0;
  while (waiting[0] && count + waiting[0].items.length <= mostItems) {
    count += waiting[0].items.length;
    group.push(...waiting.splice(0, 1));
  }
  return group;
}
