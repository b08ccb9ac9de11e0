import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import { sanitizeJson, sanitizeText } from "@headcount/contract/kit/values";
import { accept, type Decision, refuse } from "@headcount/domain/kit/decision";
import { validateUsage } from "@headcount/domain/usage/validate-event";
import type { BookableUsage } from "./apply-record.ts";
import { unknownProvider } from "./ledger-part.ts";
import type { BookedTask, BookingScope } from "./lock-booked-tasks.ts";

/** One usage record as it came out of a machine's outbox. */
export type ReportedUsage = {
  readonly taskId: TaskId;
  readonly lease: number;
  /** Milliseconds since it was used, as measured by the machine. */
  readonly ageMs: number;
  readonly body: UsageRecord;
};

/** Vendor objects above this size are not kept. */
const mostRawCharacters = 16_384;

/** Key of the ledger: the machine's key belongs to one task, so it never meets another task's. */
export function eventKeyOf(record: ReportedUsage): string {
  return `${record.taskId}/${sanitizeText(record.body.key)}`;
}

/** Finds out whether and to what a record can be booked, looking at nothing but itself. */
export function checkRecord(
  record: ReportedUsage,
  scope: BookingScope,
  now: Date,
): Decision<BookableUsage> {
  const task = scope.tasks.get(record.taskId);
  if (!task) return refuse("task_unknown");
  if (!task.isOfCaller) return refuse("task_of_other_machine");
  if (record.lease > task.lease) return refuse("lease_unknown");
  const { body } = record;
  const usedAt = timeOfUse(record, task, now);
  const { workspaceCreatedAt } = scope;
  const valid = validateUsage(body, { usedAt, now, workspaceCreatedAt });
  if (!valid.ok) return valid;
  const { tokens, revision, reportedPico } = valid.value;
  const { issueId, projectId, agentId, runtimeId, memberId } = task;
  return accept({
    key: eventKeyOf(record),
    taskId: record.taskId,
    lease: record.lease,
    issueId,
    projectId,
    agentId,
    runtimeId,
    memberId,
    role: body.role,
    usedAt,
    raw: keptRaw(body.raw),
    incoming: {
      provider: providerOf(body),
      model: sanitizeText(body.model),
      source: sanitizeText(body.source),
      cumulative: body.cumulative,
      revision,
      tokens,
      reportedPico,
      reportedBasis: reportedPico === null ? null : (body.reportedCostBasis ?? "estimated"),
    },
  });
}

/**
 * The server's clock less the age that the machine has measured, so that its own clock does not
 * matter; never before the run in which it was used.
 */
function timeOfUse(record: ReportedUsage, task: BookedTask, now: Date): Date {
  const usedAt = new Date(now.getTime() - record.ageMs);
  const earliest = record.lease < task.lease ? task.queuedAt : task.startedAt;
  return usedAt < earliest ? earliest : usedAt;
}

function providerOf(body: UsageRecord): string | null {
  const provider = sanitizeText(body.provider ?? "").trim();
  return provider === "" || provider === unknownProvider ? null : provider;
}

function keptRaw(raw: unknown): unknown {
  if (raw === undefined || raw === null) return null;
  const kept = sanitizeJson(raw);
  return JSON.stringify(kept).length > mostRawCharacters ? null : kept;
}
