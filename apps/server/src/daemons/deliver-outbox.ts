import { daemon } from "@headcount/contract/daemon/routes";
import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { deliverRecords } from "../tasks/deliver-records.ts";
import { inWorkspaceAsDaemon } from "./as-daemon.ts";

/**
 * Takes a machine's records, one transaction per task, in their order. What cannot be stored now
 * is answered `retry`, so that one bad task keeps nothing else from being delivered.
 */
export const deliverOutbox = globalHandler(daemon.outbox, async (ctx, input) => {
  const acknowledgements: RecordAcknowledgement[] = [];
  for (const records of byTask(input.records)) {
    acknowledgements.push(...(await deliverTask(ctx, records)));
  }
  return { acknowledgements };
});

function byTask(records: readonly OutboxRecord[]): readonly (readonly OutboxRecord[])[] {
  return [...Map.groupBy(records, (record) => `${record.workspaceId}/${record.taskId}`).values()];
}

async function deliverTask(
  ctx: GlobalContext,
  records: readonly OutboxRecord[],
): Promise<RecordAcknowledgement[]> {
  const [first] = records;
  if (!first) return [];
  const { workspaceId, taskId } = first;
  try {
    return await inWorkspaceAsDaemon(ctx, workspaceId, (workspaceCtx) =>
      deliverRecords(workspaceCtx, taskId, records),
    );
  } catch (error) {
    ctx.services.log.error({ err: error, taskId }, "could not store a machine's records");
    return records.map(({ lease, sequence }) => ({
      taskId,
      lease,
      sequence,
      result: "retry",
      reason: "internal",
    }));
  }
}
