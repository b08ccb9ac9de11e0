import type { IssueSummary } from "@headcount/contract/issues/schemas";
import { newId } from "@headcount/contract/kit/ids";

/** An issue as the server would describe it, for tests and the gallery. */
export function sampleIssue(changes: Partial<IssueSummary> = {}): IssueSummary {
  const at = "2026-01-01T10:00:00.000Z";
  return {
    id: newId<IssueSummary["id"]>(),
    key: "HC-1",
    number: 1,
    title: "Sample",
    status: "todo",
    priority: "none",
    assignee: null,
    creator: { type: "member", id: null, name: "Mara" },
    projectId: null,
    orderKey: "a0",
    revision: 1,
    costUsd: null,
    liveTask: null,
    commentCount: 0,
    createdAt: at,
    updatedAt: at,
    lastActivityAt: at,
    firstStartedAt: null,
    ...changes,
  };
}
