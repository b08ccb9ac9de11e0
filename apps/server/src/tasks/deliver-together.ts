import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import { readAgentRedactors } from "../agents/read-agent-redactor.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { applyProgress } from "./apply-worker-facts.ts";
import { fileTranscript } from "./file-transcript.ts";
import { keepTasksOf } from "./lock-tasks.ts";
import { acknowledge, unknownTask } from "./record-answer.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** A record that changes nothing about its task but what people see of it. */
export type ShownRecord = Extract<OutboxRecord, { kind: "transcript" | "progress" }>;

export const isShownRecord = (record: OutboxRecord): record is ShownRecord =>
  record.kind === "transcript" || record.kind === "progress";

/**
 * Takes sanitised records of many tasks in a few statements, and answers them as if each task had
 * come by itself. Tasks that this machine does not have now are left out: they need a closer look.
 */
export async function deliverTogether(
  ctx: WorkspaceContext,
  byTask: ReadonlyMap<TaskId, readonly ShownRecord[]>,
): Promise<Map<TaskId, RecordAcknowledgement[]>> {
  if (ctx.actor.kind !== "daemon") return new Map();
  const rows = await keepTasksOf(ctx, ctx.actor.daemonId, [...byTask.keys()]);
  const agentIds = [...new Set(rows.map((row) => row.agentId))];
  const redactorOf = await readAgentRedactors(ctx, agentIds);
  const reports = rows.flatMap((row) => {
    const redactor = redactorOf(row.agentId);
    const records = byTask.get(row.id) ?? [];
    return records.map((record) => ({ row, record: withoutSecrets(record, redactor) }));
  });
  const transcript = reports.flatMap(({ row, record }) =>
    record.kind === "transcript" ? [{ row, record }] : [],
  );
  const progress = reports.flatMap(({ row, record }) =>
    record.kind === "progress" ? [{ row, record }] : [],
  );
  const answers = new Map([
    ...(await fileTranscript(ctx, transcript)),
    ...(await applyProgress(ctx, progress)),
  ]);
  const byRow = Map.groupBy(reports, ({ row }) => row.id);
  return new Map(
    [...byRow].map(([taskId, ofTask]) => [
      taskId,
      ofTask.map(({ record }) => acknowledge(record, answers.get(record) ?? unknownTask)),
    ]),
  );
}
