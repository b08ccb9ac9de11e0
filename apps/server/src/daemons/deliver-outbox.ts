import { daemon } from "@headcount/contract/daemon/routes";
import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { redactStrings } from "@headcount/redaction/redact-strings";
import { redactPatterns } from "@headcount/redaction/redactor";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import type { TaskRecord } from "../tasks/task-record.ts";
import { acknowledge } from "../tasks/record-answer.ts";
import { usageBooking } from "../usage/ledger/usage-booking.ts";
import { daemonOf, sane } from "./as-daemon.ts";
import { deliverTasks, orRetry } from "./deliver-tasks.ts";

type UsageOutboxRecord = Extract<OutboxRecord, { kind: "usage" }>;

/** Takes a machine's records, workspace by workspace. */
export const deliverOutbox = globalHandler(daemon.outbox, async (ctx, input) => {
  const acknowledgements: RecordAcknowledgement[] = [];
  for (const [workspaceId, records] of Map.groupBy(input.records, (item) => item.workspaceId)) {
    acknowledgements.push(...(await deliverToWorkspace(ctx, workspaceId, records)));
  }
  return { acknowledgements };
});

/** Usage and the rest at the same time, but the end of a run finds the usage of this run booked. */
async function deliverToWorkspace(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  records: readonly OutboxRecord[],
): Promise<RecordAcknowledgement[]> {
  const usage = records.filter((record) => record.kind === "usage");
  const others = records.filter((record) => record.kind !== "usage");
  const ending = new Map<TaskId, readonly TaskRecord[]>();
  const ongoing = new Map<TaskId, readonly TaskRecord[]>();
  for (const [taskId, ofTask] of Map.groupBy(others, (record) => record.taskId)) {
    const isEnding = ofTask.some((record) => record.kind === "terminal");
    (isEnding ? ending : ongoing).set(taskId, ofTask.map(sane));
  }
  const booking = deliverUsage(ctx, workspaceId, usage);
  const answers = await Promise.all([
    booking,
    deliverTasks(ctx, workspaceId, ongoing),
    booking.then(() => deliverTasks(ctx, workspaceId, ending)),
  ]);
  return answers.flat();
}

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
      const { result, reason } = results[index] ?? { result: "rejected", reason: "internal" };
      return acknowledge(record, { result: result === "corrected" ? "stored" : result, reason });
    });
  });
}

/** Figures are kept with what the vendor said about them; its machine has looked for exact values. */
function withoutKeys(body: UsageOutboxRecord["body"]): UsageOutboxRecord["body"] {
  if (body.raw === undefined) return body;
  return { ...body, raw: redactStrings(body.raw, { redact: redactPatterns }) };
}
