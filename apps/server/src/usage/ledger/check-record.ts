import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import type { DaemonId, TaskId, UserId } from "@headcount/contract/kit/ids";
import { sanitizeJson, sanitizeText } from "@headcount/contract/kit/values";
import { accept, type Decision, refuse } from "@headcount/domain/kit/decision";
import { type UsageTimes, validateUsage } from "@headcount/domain/usage/validate-event";
import type { BookableUsage } from "./apply-record.ts";
import { eventIdOf, importSubject } from "./event-id.ts";
import { unknownProvider } from "./ledger-part.ts";
import type { BookedTask, BookingScope } from "./lock-booked-tasks.ts";
import type { MeterKey } from "./meter.ts";
import type { EventPlace } from "./read-ledger-events.ts";

/** One usage record as it came out of a machine's outbox. */
export type ReportedUsage = {
  readonly taskId: TaskId;
  readonly lease: number;
  /** Milliseconds since it was used, as measured by the machine. */
  readonly ageMs: number;
  readonly body: UsageRecord;
  /** Machine that reports it; null for callers that are no machine. */
  readonly reportedBy: DaemonId | null;
};

/** Usage of a session that Headcount did not start, as its machine's owner brings it in. */
export type ImportedUsage = {
  /** UUID of the session: the same for every copy of it. */
  readonly sessionKey: string;
  /** Person whose machine it was. */
  readonly memberId: UserId;
  readonly usedAt: Date;
  readonly billingMode: MeterKey["billingMode"];
  /** Its key is made of facts of the call alone. */
  readonly body: UsageRecord;
};

/** Vendor objects above this size are not kept. */
const mostRawCharacters = 16_384;

/** Key of the ledger: the machine's key belongs to one task, so it never meets another task's. */
export function eventKeyOf(record: ReportedUsage): string {
  return `${record.taskId}/${sanitizeText(record.body.key)}`;
}

/** Where the ledger keeps a record of a known task. */
export function placeOfRecord(record: ReportedUsage, task: BookedTask): EventPlace {
  return { id: eventIdOf(record.taskId, eventKeyOf(record)), month: task.month };
}

/**
 * Finds out whether and to what a record can be booked, looking at nothing but itself.
 * @param place where the ledger keeps it; null for an unknown task
 */
export function checkRecord(
  record: ReportedUsage,
  place: EventPlace | null,
  scope: BookingScope & { readonly now: Date },
): Decision<BookableUsage> {
  const task = scope.tasks.get(record.taskId);
  if (!task || !place) return refuse("task_unknown");
  const { now } = scope;
  const { reportedBy, lease, body } = record;
  if (reportedBy !== null && !task.daemonIds.has(reportedBy))
    return refuse("task_of_other_machine");
  if (lease > task.lease) return refuse("lease_unknown");
  const usedAt = timeOfUse(record, task, now);
  const workspaceCreatedAt = earlier(scope.workspaceCreatedAt, now);
  const checked = checkBody(body, { usedAt, now, workspaceCreatedAt });
  if (!checked.ok) return checked;
  const { id, month } = place;
  const { issueId, projectId, agentId, runtimeId, memberId } = task;
  const owners = { issueId, projectId, agentId, runtimeId, memberId };
  const key = { month, taskId: record.taskId, sessionKey: null, lease, ...meterParts(body) };
  return accept({ id, meter: { ...key, ...owners }, usedAt, ...checked.value });
}

/**
 * The event of an imported call, whichever session's file it was found in: a forked or resumed
 * session repeats the calls of another one.
 */
export function importedEventId({ body }: ImportedUsage): string {
  const source = sanitizeText(body.source);
  return eventIdOf(importSubject(source), `${source}/${sanitizeText(body.key)}`);
}

/**
 * The same for usage without a task: it belongs to its person, and to no agent.
 * @param month of the partition that holds the call; that of its use when it is new
 */
export function checkImported(
  usage: ImportedUsage,
  month: string,
  now: Date,
): Decision<BookableUsage> {
  const { sessionKey, memberId, usedAt, billingMode, body } = usage;
  const checked = checkBody(body, { usedAt, now, workspaceCreatedAt: earliestImport });
  if (!checked.ok) return checked;
  const id = importedEventId(usage);
  const nowhere = { issueId: null, projectId: null, agentId: null, runtimeId: null };
  const parts = { ...meterParts(body), billingMode };
  const key = { month, taskId: null, sessionKey, lease: 0, ...parts };
  return accept({ id, meter: { ...key, ...nowhere, memberId }, usedAt, ...checked.value });
}

/** Before any of the models that are imported was offered. */
const earliestImport = new Date("2020-01-01T00:00:00Z");

function checkBody(
  body: UsageRecord,
  times: UsageTimes,
): Decision<Pick<BookableUsage, "raw" | "incoming">> {
  const valid = validateUsage(body, times);
  if (!valid.ok) return valid;
  const { tokens, revision, reportedPico } = valid.value;
  return accept({
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

function meterParts(
  body: UsageRecord,
): Omit<MeterKey, "month" | "taskId" | "sessionKey" | "lease"> {
  return {
    kind: "usage",
    provider: providerOf(body) ?? unknownProvider,
    model: sanitizeText(body.model),
    role: body.role,
    source: sanitizeText(body.source),
    billingMode: "api",
    failureClass: null,
  };
}

/**
 * The server's clock less the age that the machine has measured, so that its own clock does not
 * matter; never before the run in which it was used. When the server's clock was set back, the run
 * begins in the future: then it was used now.
 */
function timeOfUse(record: ReportedUsage, task: BookedTask, now: Date): Date {
  const usedAt = new Date(now.getTime() - record.ageMs);
  const earliest = earlier(record.lease < task.lease ? task.queuedAt : task.startedAt, now);
  return usedAt < earliest ? earliest : usedAt;
}

function earlier(left: Date, right: Date): Date {
  return left < right ? left : right;
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
