import { newId, type TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import type { LeaseKey, RecordContent } from "./outbox-entry.ts";

export function newLease(): LeaseKey {
  return { workspaceId: newId<WorkspaceId>(), taskId: newId<TaskId>(), lease: 1 };
}

export function transcriptRow(seq: number, content = `row ${seq}`): RecordContent {
  return {
    kind: "transcript",
    body: {
      seq,
      type: "text",
      tool: null,
      callId: null,
      content,
      originalBytes: null,
      isError: false,
      isSubagent: false,
      atMs: seq,
    },
  };
}

export function usageOf(key: string, output = 1): RecordContent {
  return {
    kind: "usage",
    body: {
      key,
      provider: "anthropic",
      model: "m",
      role: "main",
      source: "test",
      cumulative: false,
      revision: 0,
      input: 1,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output,
      reasoning: 0,
      reportedCostUsd: null,
      reportedCostBasis: null,
      atMs: 0,
    },
  };
}

export function terminal(answer = "done"): RecordContent {
  return {
    kind: "terminal",
    body: {
      status: "completed",
      answer,
      failureReason: null,
      error: null,
      sessionId: null,
      sessionRetired: false,
      resumeRejected: false,
      retryAfterMs: null,
      workDirectory: null,
      branch: null,
      modelUsed: null,
      durationMs: 1,
      coverage: { level: "exact", reason: "" },
      toolRan: false,
    },
  };
}
