import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { Log } from "../../platform/log.ts";
import { pause } from "../../platform/pause.ts";
import type { TransactionRunner } from "../../platform/transactions.ts";
import type { Signals } from "../../realtime/signals.ts";
import { foldTail } from "./fold-tail.ts";
import { keepZone } from "./keep-zone.ts";
import { tryLockSums } from "./lock-sums.ts";

/** What arrives within this time is folded together: rows of the same meter become one. */
const coalesceMs = 1_000;
const noRequest = { ipPrefix: null, userAgent: "" } as const;

type Parts = {
  readonly runner: TransactionRunner;
  readonly signals: Signals;
  readonly log: Log;
};

/** Tells the folder, once the transaction has committed, that the tail of the workspace has grown. */
export function wakeFolder(
  ctx: Pick<WorkspaceContext, "afterCommit" | "services" | "workspaceId">,
): void {
  const { services, workspaceId } = ctx;
  ctx.afterCommit(() => services.signal({ topic: "usage-tail", workspaceId }));
}

/** Asks for calendar days of a zone to be kept from now on. */
export function rememberZone(
  ctx: Pick<WorkspaceContext, "afterCommit" | "services" | "workspaceId">,
  zone: string,
): void {
  const { services, workspaceId } = ctx;
  ctx.afterCommit(() => services.signal({ topic: "usage-zone", workspaceId, zone }));
}

/**
 * Keeps the tails short and builds the days of new zones, in the background. Nothing depends on
 * when it does: a lost wake-up is made good by the next one, or by the job `usage.fold`.
 */
export function createUsageFolder({ runner, signals, log }: Parts): {
  readonly name: string;
  run(stop: AbortSignal): Promise<void>;
} {
  return {
    name: "usage-folder",
    async run(stop) {
      const tails = new Set<string>();
      const zones = new Map<string, { workspaceId: string; zone: string }>();
      let wake: () => void = () => {};
      const off = signals.on((signal) => {
        if (signal.topic === "usage-tail") tails.add(signal.workspaceId);
        else if (signal.topic === "usage-zone") {
          zones.set(`${signal.workspaceId} ${signal.zone}`, signal);
        } else return;
        wake();
      });
      stop.addEventListener("abort", () => wake(), { once: true });
      try {
        while (!stop.aborted) {
          if (tails.size === 0 && zones.size === 0) {
            await new Promise<void>((resolve) => (wake = resolve));
          }
          await pause(coalesceMs, stop);
          const due = [...tails];
          tails.clear();
          for (const workspaceId of due) {
            while (!stop.aborted && (await fold(workspaceId as WorkspaceId)) === "more") {
              // Each turn moves a bounded number of rows in a transaction of its own.
            }
          }
          for (const [key, { workspaceId, zone }] of zones) {
            zones.delete(key);
            await inWorkspace(workspaceId as WorkspaceId, (ctx) => keepZone(ctx, zone));
          }
        }
      } finally {
        off();
      }
    },
  };

  async function fold(workspaceId: WorkspaceId): Promise<"done" | "more"> {
    // Whoever has the lock folds as well.
    const startedAt = performance.now();
    const state = await inWorkspace(workspaceId, async (ctx) => {
      if (!(await tryLockSums(ctx))) return "done";
      ctx.afterCommit(() => {
        const seconds = (performance.now() - startedAt) / 1_000;
        ctx.services.metrics.observe("headcount_usage_fold_seconds", seconds, {});
      });
      return foldTail(ctx);
    });
    return state ?? "done";
  }

  async function inWorkspace<T>(
    workspaceId: WorkspaceId,
    run: (ctx: WorkspaceContext) => Promise<T>,
  ): Promise<T | null> {
    try {
      const { value } = await runner.inWorkspace({
        workspaceId,
        mode: "write",
        request: noRequest,
        resolveActor: async () => ({ kind: "system", job: "usage.fold" }) as const,
        run,
      });
      return value;
    } catch (error) {
      log.warn({ err: error, workspaceId }, "could not fold usage; the next one will");
      return null;
    }
  }
}
