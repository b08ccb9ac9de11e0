import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { AgentAccessMode } from "@headcount/contract/agents/schemas";
import { ApiError } from "@headcount/client/api-error";
import { createQueueTest, type QueueTest, workspace } from "./queue.fixture.ts";
import { waysToGiveWork } from "./ways-to-give-work.fixture.ts";

describe("scenario H: who may give an agent work", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest();
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const cases = Object.keys(waysToGiveWork).flatMap((path) =>
    (["owner_only", "allow_list", "workspace"] as const).map((mode) => [path, mode] as const),
  );

  it.each(cases)("INV-44 by %s in mode %s", async (name, mode: AgentAccessMode) => {
    const { alice, bob } = queue.test;
    const path = waysToGiveWork[name];
    if (!path) throw new Error(name);
    for (const [person, isListed] of [
      [alice, false],
      [bob, false],
      [bob, true],
    ] as const) {
      const agent = await queue.agent(`${name} ${mode} ${person.name} ${String(isListed)}`);
      await alice.call(agents.setAccess, {
        workspace,
        agentId: agent.id,
        access: mode,
        allowedMemberIds: isListed ? [bob.userId] : [],
      });
      const mayInvoke =
        person === alice || mode === "workspace" || (mode === "allow_list" && isListed);
      const outcome = await path(queue, person, agent).catch(refusal);
      expect(outcome).toBe(mayInvoke);
      const queued = await queue.rows(
        (sql) => sql`select id from tasks where agent_id = ${agent.id} and status = 'queued'
          and initiator_id = ${person.userId}`,
      );
      expect(queued).toHaveLength(mayInvoke ? 1 : 0);
      await queue.rows(
        (sql) => sql`update tasks set status = 'cancelled', outcome = 'cancelled', ended_at = now()
          where agent_id = ${agent.id} and status = 'queued' returning id`,
      );
    }
  });
});

/** Refusals name neither the agent nor whether it exists. */
function refusal(error: unknown): boolean {
  if (!(error instanceof ApiError)) throw error;
  expect(["agent_not_available", "task.not_found"]).toContain(error.reason);
  return false;
}
