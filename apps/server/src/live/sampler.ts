import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { busyEveryMs, idleEveryMs, tickOf } from "@headcount/domain/live/sample-rhythm";
import type { Log } from "../platform/log.ts";
import { pause } from "../platform/pause.ts";
import type { TransactionRunner } from "../platform/transactions.ts";
import type { WorkspaceDirectory } from "../platform/workspace-directory.ts";
import type { Signals } from "../realtime/signals.ts";
import { takeSample } from "./take-sample.ts";

type Parts = {
  readonly runner: TransactionRunner;
  readonly directory: WorkspaceDirectory;
  readonly signals: Signals;
  readonly log: Log;
  readonly now: () => Date;
};

const noRequest = { ipPrefix: null, userAgent: "" } as const;

/**
 * Looks at every workspace at every tick while anything goes on in it, and once a minute otherwise.
 * Workspaces in which nothing goes on and nothing has changed are not even opened in between.
 */
export function createLiveSampler({ runner, directory, signals, log, now }: Parts): {
  readonly name: string;
  run(stop: AbortSignal): Promise<void>;
} {
  const restful = new Set<string>();

  async function sample(workspaceId: WorkspaceId): Promise<void> {
    try {
      const { value } = await runner.inWorkspace({
        workspaceId,
        mode: "write",
        request: noRequest,
        resolveActor: async () => ({ kind: "system", job: "live.sample" }) as const,
        run: takeSample,
      });
      if (value === "idle") restful.add(workspaceId);
    } catch (error) {
      log.warn({ err: error, workspaceId }, "could not look at a workspace; it shows as a gap");
    }
  }

  return {
    name: "live-sampler",
    async run(stop) {
      const off = signals.on((signal) => {
        if (signal.topic === "changes") restful.delete(signal.workspaceId);
      });
      try {
        while (!stop.aborted) {
          const tickMs = tickOf(now().getTime());
          const isMinute = tickMs % idleEveryMs === 0;
          for (const workspaceId of await directory.list()) {
            if (stop.aborted) return;
            if (isMinute || !restful.has(workspaceId)) await sample(workspaceId);
          }
          await pause(Math.max(0, tickMs + busyEveryMs - now().getTime()), stop);
        }
      } finally {
        off();
      }
    },
  };
}
