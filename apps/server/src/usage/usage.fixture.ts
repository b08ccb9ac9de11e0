import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import type { Actor } from "../platform/context.ts";
import type { AddedTask } from "../testing/add-task.ts";
import type { TestApp } from "../testing/test-app.ts";
import { type BookingResult, bookUsage } from "./book-usage.ts";
import type { ReportedUsage } from "./check-record.ts";

export type RecordToReport = Partial<UsageRecord> & {
  readonly ageMs?: number;
  readonly lease?: number;
};

/** A record of the tutorial's model, whose price is 1 input and 5 output USD per million tokens. */
export function usageOf(task: Pick<AddedTask, "id">, record: RecordToReport): ReportedUsage {
  const { ageMs = 0, lease = 1, ...body } = record;
  return {
    taskId: task.id,
    lease,
    ageMs,
    body: {
      key: "1",
      provider: "headcount",
      model: "headcount/tutorial",
      role: "main",
      source: "test",
      cumulative: false,
      revision: 0,
      input: 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output: 0,
      reasoning: 0,
      reportedCostUsd: null,
      reportedCostBasis: null,
      atMs: 0,
      ...body,
    },
  };
}

const noRequest = { ipPrefix: null, userAgent: "" } as const;

/** Books in one transaction of its own. */
export async function book(
  test: TestApp,
  records: readonly ReportedUsage[],
  actor: Actor = { kind: "system", job: "test" },
): Promise<BookingResult[]> {
  const { value } = await test.app.runner.inWorkspace({
    workspaceId: test.workspaceId,
    mode: "write",
    request: noRequest,
    resolveActor: async () => actor,
    run: (ctx) => bookUsage(ctx, records),
  });
  return value;
}
