import type { DaemonId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { flushLastSeen } from "./store.ts";

/** The durable sign of life may lag behind the volatile one by this much. */
const granularityMs = 60_000;

/** Notes durably that a machine was heard of; most calls write nothing. */
export async function noteSeen(ctx: WorkspaceContext, daemonId: DaemonId): Promise<void> {
  await flushLastSeen(ctx, daemonId, new Date(ctx.now.getTime() - granularityMs));
}
