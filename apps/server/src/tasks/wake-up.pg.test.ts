import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import type { Signal } from "../realtime/signals.ts";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";
import { waysToGiveWork } from "./ways-to-give-work.fixture.ts";

/** Work that nobody announces would wait for the next poll of its machine. */
describe("the machine is told of new work by the commit that makes it", () => {
  let queue: QueueTest;
  let wakeUps = 0;
  beforeAll(async () => {
    queue = await createQueueTest();
    queue.test.app.signals.on((signal: Signal) => {
      const isOurs = signal.topic === "daemon" && signal.daemonId === queue.machine.daemonId;
      if (isOurs && signal.hint === "work") wakeUps += 1;
    });
  });
  afterAll(() => queue[Symbol.asyncDispose]());

  it.each(Object.keys(waysToGiveWork))("INV-13 by %s, and the first claim has it", async (name) => {
    const giveWork = waysToGiveWork[name];
    if (!giveWork) throw new Error(name);
    const agent = await queue.agent(`Woken by ${name}`);
    // Some ways run the agent once before, which wakes the machine as well.
    let before = 0;
    const person = {
      ...queue.test.alice,
      call: (...input: Parameters<typeof queue.test.alice.call>) => {
        before = wakeUps;
        return queue.test.alice.call(...input);
      },
    };
    expect(await giveWork(queue, person as typeof queue.test.alice, agent)).toBe(true);
    expect(wakeUps).toBeGreaterThan(before);
    const task = only(await queue.machine.claim());
    expect(task.agent.id).toBe(agent.id);
    await queue.machine.start(task);
    await queue.machine.finish(task);
  });

  it("INV-13 by a retry of the platform, and by an agent that asks another one", async () => {
    const ada = await queue.agent("Asks");
    const bert = await queue.agent("Is asked");
    const issue = await queue.issue("Handed on", ada.id);
    const first = only(await queue.machine.claim());
    await queue.machine.start(first);
    let before = wakeUps;
    await queue.machine.finish(first, {
      status: "failed",
      failureReason: "agent_error.provider_network",
    });
    expect(wakeUps).toBeGreaterThan(before);
    const retry = only(await queue.machine.claim());
    expect(retry).toMatchObject({ attempt: 2 });
    await queue.machine.start(retry);
    before = wakeUps;
    await queue.test.callAs(retry.token, comments.add, {
      workspace,
      issue: issue.id,
      body: mention(bert),
    });
    expect(wakeUps).toBeGreaterThan(before);
    expect(only(await queue.machine.claim()).agent.id).toBe(bert.id);
  });

  it("INV-13 an answer to a claim may be kept by nobody on its way", async () => {
    const reply = await queue.test.app.api.fetch(
      new Request("http://headcount.test/api/daemon/claim", {
        method: "POST",
        headers: {
          authorization: `Bearer ${queue.machine.token}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({
          claimId: crypto.randomUUID(),
          runtimeIds: [queue.machine.runtimeId],
          max: 1,
        }),
      }),
    );
    expect(reply.status).toBe(200);
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(reply.headers.get("etag")).toBeNull();
  });
});
