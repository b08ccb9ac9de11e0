import { ControlError, requestDiskUsage } from "@headcount/daemon/control/control-client";
import type { CollectableItem } from "@headcount/daemon/control/control-protocol";

/** What the daemon would free now; null where it does not run or its server does not answer. */
export async function readCollectable(stateDirectory: string): Promise<{
  readonly collectable: readonly CollectableItem[] | null;
  readonly freeableBytes: number | null;
}> {
  const collectable = await requestDiskUsage(stateDirectory).catch((error: unknown) => {
    if (error instanceof ControlError) return null;
    throw error;
  });
  const freeableBytes = collectable?.reduce((sum, { bytes }) => sum + bytes, 0) ?? null;
  return { collectable, freeableBytes };
}
