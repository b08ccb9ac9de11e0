import type { TaskId } from "@headcount/contract/kit/ids";
import type { Attribution } from "@headcount/domain/tasks/attribution";
import type { NewTask } from "./store-tasks.ts";
import type { StoredEvidence } from "./task-row.ts";

type AttributionColumns = Pick<
  NewTask,
  | "initiatorType"
  | "initiatorId"
  | "originatorId"
  | "accountableId"
  | "delegatedBy"
  | "hop"
  | "attribution"
>;

/** How an attribution is stored: always as a whole. */
export function attributionColumns(
  who: Attribution,
  evidence: Partial<StoredEvidence>,
): AttributionColumns {
  return {
    initiatorType: who.initiator.type,
    initiatorId: who.initiator.id,
    originatorId: who.originatorId,
    accountableId: who.accountableId,
    delegatedBy: who.delegatedByTaskId as TaskId | null,
    hop: who.hop,
    attribution: { ...evidence, source: who.source },
  };
}
