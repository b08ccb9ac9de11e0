import type {
  AgentId,
  IssueId,
  ProjectId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import { digestUuid } from "../digest-uuid.ts";

/** To whom and what the usage of a meter is booked; changes when an issue or a runtime moves. */
export type MeterPlace = {
  readonly issueId: IssueId | null;
  readonly projectId: ProjectId | null;
  readonly agentId: AgentId | null;
  readonly runtimeId: RuntimeId | null;
  /** Person to whom the cost is booked. */
  readonly memberId: UserId | null;
};

/** What makes a meter another one; never changes. */
export type MeterKey = {
  readonly kind: "usage" | "task";
  /** First day of the month (UTC) whose partition holds its events, `YYYY-MM-01`. */
  readonly month: string;
  /** Null for usage of a session that Headcount did not start. */
  readonly taskId: TaskId | null;
  /** UUID of the session; null for usage of a task. */
  readonly sessionKey: string | null;
  readonly lease: number;
  readonly provider: string;
  readonly model: string;
  readonly role: string;
  readonly source: string;
  readonly billingMode: "api" | "subscription";
  /** Class of a failed task; null for everything else. */
  readonly failureClass: string | null;
};

export type MeterDimensions = MeterKey & MeterPlace;

/** Meters are never changed in place, and each is asked for its text several times. */
const keyTexts = new WeakMap<MeterKey, string>();

/** The same for the same meter, another one for any other. */
export function meterKeyText(key: MeterKey): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify([
    key.kind,
    key.month,
    key.taskId,
    key.sessionKey,
    key.lease,
    key.provider,
    key.model,
    key.role,
    key.source,
    key.billingMode,
    key.failureClass,
  ]);
  keyTexts.set(key, text);
  return text;
}

/** How the database finds a meter. */
export function meterFingerprint(key: MeterKey): string {
  return digestUuid([meterKeyText(key)]);
}

/** First day of the month of an instant in UTC, `YYYY-MM-01`. */
export function monthOf(instant: Date): string {
  return `${instant.toISOString().slice(0, 7)}-01`;
}
