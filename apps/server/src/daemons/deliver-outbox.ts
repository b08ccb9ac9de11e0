import { daemon } from "@headcount/contract/daemon/routes";
import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { redactStrings } from "@headcount/redaction/redact-strings";
import { redactPatterns } from "@headcount/redaction/redactor";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { deliverRecords, type TaskRecord } from "../tasks/deliver-records.ts";
import { usageBooking } from "../usage/ledger/usage-booking.ts";
import { daemonOf, inWorkspaceAsDaemon, sane } from "./as-daemon.ts";

/** Tasks whose records are stored at the same time: most of it is waiting for the database. */
const tasksAtOnce = 6;

type UsageOutboxRecord = Extract<OutboxRecord, { kind: "usage" }>;

/**
 * Takes a machine's records: usage first, so that the end of a run finds it booked, then the rest
 * in order, one transaction per task and a few tasks at a time. What cannot be stored now is
 * answered `retry` and keeps nothing else from being delivered.
 */
export const deliverOutbox = globalHandler(daemon.outbox, async (ctx, input) => {
  const acknowledgements: RecordAcknowledgement[] = [];
  for (const [workspaceId, records] of Map.groupBy(input.records, (item) => item.workspaceId)) {
    const usage = records.filter((record) => record.kind === "usage");
    acknowledgements.push(...(await deliverUsage(ctx, workspaceId, usage)));
    const others = records.filter((record) => record.kind !== "usage");
    const byTask = [...Map.groupBy(others, (record) => record.taskId).values()];
    for (let at = 0; at < byTask.length; at += tasksAtOnce) {
      const together = byTask.slice(at, at + tasksAtOnce);
      const answers = together.map((ofTask) => deliverTask(ctx, workspaceId, ofTask));
      acknowledgements.push(...(await Promise.all(answers)).flat());
    }
  }
  return { acknowledgements };
});

function deliverUsage(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  records: readonly UsageOutboxRecord[],
): Promise<RecordAcknowledgement[]> {
  if (records.length === 0) return Promise.resolve([]);
  return orRetry(ctx, records, async () => {
    // Every record is checked against the machine that reports it.
    const { daemonId } = daemonOf(ctx);
    const reported = records.map((record) => ({
      ...record,
      body: withoutKeys(record.body),
      reportedBy: daemonId,
    }));
    const results = await ctx.together(usageBooking, workspaceId, reported);
    return records.map((record, index) => {
      const booked = results[index] ?? { result: "rejected", reason: "internal" };
      const result = booked.result === "corrected" ? "stored" : booked.result;
      return acknowledge(record, result, booked.reason);
    });
  });
}

/** Figures are kept with what the vendor said about them; its machine has looked for exact values. */
function withoutKeys(body: UsageOutboxRecord["body"]): UsageOutboxRecord["body"] {
  if (body.raw === undefined) return body;
  return { ...body, raw: redactStrings(body.raw, { redact: redactPatterns }) };
}

function deliverTask(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  records: readonly TaskRecord[],
): Promise<RecordAcknowledgement[]> {
  const [first] = records;
  if (!first) return Promise.resolve([]);
  return orRetry(ctx, records, () =>
    inWorkspaceAsDaemon(ctx, workspaceId, (workspaceCtx) =>
      deliverRecords(workspaceCtx, first.taskId, records.map(sane)),
    ),
  );
}

async function orRetry(
  ctx: GlobalContext,
  records: readonly OutboxRecord[],
  deliver: () => Promise<RecordAcknowledgement[]>,
): Promise<RecordAcknowledgement[]> {
  try {
    return await deliver();
  } catch (error) {
    ctx.services.log.error({ err: error }, "could not store a machine's records");
    return records.map((record) => acknowledge(record, "retry", "internal"));
  }
}

function acknowledge(
  { taskId, lease, sequence }: OutboxRecord,
  result: RecordAcknowledgement["result"],
  reason: string | null,
): RecordAcknowledgement {
  return { taskId, lease, sequence, result, reason };
}
