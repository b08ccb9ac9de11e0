import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { createQueueTest, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("transcripts", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const running = async (): Promise<ClaimedTask> => {
    const agent = await queue.agent("Ada");
    await queue.issue("Work", agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    return task;
  };
  const head = ({ workspaceId, taskId, lease }: ClaimedTask) => ({ workspaceId, taskId, lease });

  it("INV-76 the same transcript batch three times stores each row once", async () => {
    const task = await running();
    const batch = Array.from({ length: 200 }, (_, seq) => ({
      ...head(task),
      sequence: seq,
      kind: "transcript" as const,
      body: { seq, type: "text" as const, content: `line ${seq}` },
    }));
    const results = [];
    for (let round = 0; round < 3; round += 1) {
      results.push(new Set((await queue.machine.send(batch)).map((answer) => answer.result)));
    }
    expect(results).toEqual([new Set(["stored"]), new Set(["duplicate"]), new Set(["duplicate"])]);
    const first = await queue.test.alice.call(tasks.transcript, {
      workspace,
      taskId: task.taskId,
      limit: 150,
    });
    expect(first).toMatchObject({ hasMore: true, nextAfter: "1.149" });
    const rest = await queue.test.alice.call(tasks.transcript, {
      workspace,
      taskId: task.taskId,
      after: "1.149",
    });
    expect(rest.items.map((row) => row.seq)).toEqual(
      Array.from({ length: 50 }, (_, at) => 150 + at),
    );
  });

  it("bounds a page by what tools were given too, however well the database packs it", async () => {
    const task = await running();
    const { taskId } = task;
    const input = { text: "x".repeat(60_000) };
    const batch = Array.from({ length: 90 }, (_, seq) => ({
      ...head(task),
      sequence: seq,
      kind: "transcript" as const,
      body: { seq, type: "tool_use" as const, tool: "write", content: "", input },
    }));
    await queue.machine.send(batch);
    const read = (after?: string | null) =>
      queue.test.alice.call(tasks.transcript, {
        workspace,
        taskId,
        limit: 2_000,
        ...(after ? { after } : {}),
      });
    const first = await read();
    expect(first.items.length * 60_000).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(first.hasMore).toBe(true);
    const rest = await read(first.nextAfter);
    expect([...first.items, ...rest.items].map((row) => row.seq)).toEqual(
      batch.map((record) => record.sequence),
    );
  });

  it("INV-11 stores sane text whatever a machine sends", async () => {
    const task = await running();
    await queue.machine.send([
      {
        ...head(task),
        sequence: 1,
        kind: "transcript",
        body: {
          seq: 0,
          type: "tool_use",
          tool: "ba\u0000sh",
          content: "nul \u0000 lone \ud800 end",
          input: { "ke\u0000y": ["\udfff", { deep: "\u0000" }] },
        },
      },
      {
        ...head(task),
        sequence: 2,
        kind: "transcript",
        body: { seq: 1, type: "tool_result", content: "ä".repeat(40_000) },
      },
    ]);
    const { items } = await queue.test.alice.call(tasks.transcript, {
      workspace,
      taskId: task.taskId,
    });
    expect(items[0]).toMatchObject({
      tool: "bash",
      content: "nul  lone  end",
      input: { key: ["", { deep: "" }] },
    });
    expect(items[1]).toMatchObject({ content: "ä".repeat(32_768), originalBytes: 80_000 });
    await queue.machine.finish(task, { answer: "fine \u0000\ud800" });
    const ended = await queue.test.alice.call(tasks.get, { workspace, taskId: task.taskId });
    expect(ended.result).toBe("fine ");
  });
});
