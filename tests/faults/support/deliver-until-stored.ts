import { ApiError } from "@headcount/client/api-error";
import type { OutboxRecord, UsageRecord } from "@headcount/contract/daemon/schemas";
import type { TestMachine } from "@headcount/server/testing/test-machine";
import type { ServedRun } from "./fault-world.ts";

/** Sends records again and again until each is confirmed, as an outbox does. @returns attempts it took */
export async function deliverUntilStored(
  machine: TestMachine,
  { task }: ServedRun,
  bodies: readonly UsageRecord[],
): Promise<number> {
  const { workspaceId, taskId, lease } = task;
  let waiting = bodies.map(
    (body, sequence): OutboxRecord => ({
      workspaceId,
      taskId,
      lease,
      sequence,
      ageMs: 0,
      kind: "usage",
      body,
    }),
  );
  for (let attempt = 1; ; attempt += 1) {
    const confirmed = await confirmedOf(machine, waiting);
    waiting = waiting.filter((record) => !confirmed.has(record.sequence));
    if (waiting.length === 0) return attempt;
    if (attempt > 100) throw new Error("The server has not recovered from one fault");
  }
}

async function confirmedOf(
  machine: TestMachine,
  records: readonly OutboxRecord[],
): Promise<ReadonlySet<number>> {
  try {
    const answers = await machine.send([...records]);
    const rejected = answers.find((answer) => answer.result === "rejected");
    if (rejected) throw new Error(`A good record was rejected: ${rejected.reason}`);
    const stored = answers.filter((answer) => answer.result !== "retry");
    return new Set(stored.map((answer) => answer.sequence));
  } catch (error) {
    if (error instanceof ApiError) return new Set();
    throw error;
  }
}
