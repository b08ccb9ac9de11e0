import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { agents } from "@headcount/contract/agents/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { openOwnerConnection } from "../platform/database.ts";
import { createTestMachine } from "../testing/test-machine.ts";
import { createQueueTest, type QueueTest, workspace } from "./queue.fixture.ts";
import { getTask, recordHead, runningTask } from "./report.fixture.ts";

describe("records of many tasks at once", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const line = (task: ClaimedTask, seq: number, content = `line ${seq}`, lease = task.lease) => ({
    ...recordHead(task),
    lease,
    sequence: seq,
    kind: "transcript" as const,
    body: { seq, type: "text" as const, content },
  });
  const activity = (task: ClaimedTask, sequence: number, does: string, lease = task.lease) => ({
    ...recordHead(task),
    lease,
    sequence,
    kind: "progress" as const,
    body: { activity: does },
  });
  const call = (key: string) => ({
    key,
    provider: "headcount",
    model: "headcount/tutorial",
    role: "main" as const,
    source: "test",
    cumulative: false,
    input: 100,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: 10,
    reasoning: 0,
  });
  const sign = { step: "running", toolOpen: false, silentForMs: 0 } as const;
  const runningTasks = async (count: number): Promise<ClaimedTask[]> => {
    const agent = await queue.agent("Ada", { limit: count });
    for (let at = 0; at < count; at += 1) await queue.issue(`Work ${at}`, agent.id);
    const claimed = await queue.machine.claim({ max: count });
    await Promise.all(claimed.map((task) => queue.machine.start(task)));
    return claimed;
  };
  const contents = async (task: ClaimedTask): Promise<string[]> => {
    const { taskId } = task;
    const { items } = await queue.test.alice.call(tasks.transcript, { workspace, taskId });
    return items.map((row) => row.content);
  };
  const counted = (answers: readonly { result: string }[]): Record<string, number> => {
    const byResult = Map.groupBy(answers, ({ result }) => result);
    return Object.fromEntries([...byResult].map(([result, of]) => [result, of.length]));
  };
  const transactionsOf = (type: string): Promise<{ transactions: number }[]> =>
    queue.rows(
      (sql) => sql`
        select count(distinct xmin::text)::int as transactions from changes
        where type = ${type} and changed @> '{activity}'`,
    );

  it("INV-76 are stored in one transaction, and a replay stores nothing", async () => {
    const running = await runningTasks(8);
    const batch = running.flatMap((task) => [
      line(task, 0),
      activity(task, 1, "reads"),
      line(task, 2),
      activity(task, 3, "writes"),
    ]);
    expect(counted(await queue.machine.send(batch))).toEqual({ stored: 32 });
    expect(await transactionsOf("task.progress")).toEqual([{ transactions: 1 }]);
    const again = await queue.machine.send(batch);
    expect(counted(again)).toEqual({ duplicate: 16, stored: 16 });
    for (const task of running) {
      expect(await contents(task)).toEqual(["line 0", "line 2"]);
      expect(await getTask(queue, task)).toMatchObject({ activity: "writes" });
    }
  });

  it("one task whose records cannot be stored holds up none of the others", async () => {
    const running = await runningTasks(8);
    const owner = openOwnerConnection(queue.test.databaseUrl);
    await owner`alter table task_messages add check (content <> 'poison')`;
    const [poisoned, ...others] = running;
    if (poisoned === undefined) throw new Error("Nothing runs");
    const batch = [
      line(poisoned, 0, "poison"),
      line(poisoned, 1),
      ...others.map((task) => line(task, 0)),
    ];
    const answers = await queue.machine.send(batch);
    const ofPoisoned = answers.filter(({ taskId }) => taskId === poisoned.taskId);
    expect(ofPoisoned.map(({ result, reason }) => [result, reason])).toEqual([
      ["retry", "internal"],
      ["retry", "internal"],
    ]);
    expect(counted(answers)).toEqual({ stored: others.length, retry: 2 });
    for (const task of others) expect(await contents(task)).toEqual(["line 0"]);
    expect(await contents(poisoned)).toEqual([]);
    await owner`alter table task_messages drop constraint task_messages_content_check`;
    await owner.end();
    expect(counted(await queue.machine.send(batch))).toEqual({
      stored: 2,
      duplicate: others.length,
    });
  });

  it("INV-101 two machines deliver for the same tasks at once: only the one that has them is heard", async () => {
    const first = await runningTasks(6);
    const stranger = await createTestMachine(queue.test, queue.test.bob);
    const batch = (by: string) =>
      first.flatMap((task, at) => [
        line(task, by === "own" ? at : 100 + at, by),
        activity(task, 200, by),
      ]);
    const [own, foreign] = await Promise.all([
      queue.machine.send(batch("own")),
      stranger.send(batch("foreign")),
    ]);
    expect(counted(own)).toEqual({ stored: 12 });
    expect(new Set(foreign.map(({ result, reason }) => `${result} ${reason}`))).toEqual(
      new Set(["rejected task.not_found"]),
    );
    for (const task of first) {
      expect(await contents(task)).toEqual(["own"]);
      expect(await getTask(queue, task)).toMatchObject({ activity: "own" });
    }
  });

  it("INV-76 the same batch three times at once, beside its usage, heartbeats and a cancel, is stored once", async () => {
    const running = await runningTasks(6);
    const [cancelled, ...others] = running;
    if (cancelled === undefined) throw new Error("Nothing runs");
    const batch = running.flatMap((task, at) => [
      line(task, 0),
      activity(task, 1, "reads"),
      { ...recordHead(task), sequence: 2, kind: "usage" as const, body: call(`call-${at}`) },
      line(task, 3),
    ]);
    const beat = () =>
      queue.machine.beat({
        leases: running.map((task) => ({ ...recordHead(task), ...sign })),
      });
    const [first, second, third] = await Promise.all([
      queue.machine.send(batch),
      queue.machine.send(batch.toReversed()),
      queue.machine.send(batch),
      beat(),
      queue.test.alice.call(tasks.cancel, { workspace, taskId: cancelled.taskId }),
      beat(),
    ]);
    const answers = [...first, ...second, ...third];
    expect(answers.filter(({ result }) => result === "retry")).toEqual([]);
    const taken = answers.filter(({ sequence, result }) => {
      return sequence !== 1 && (result === "stored" || result === "late");
    });
    expect(taken).toHaveLength(running.length * 3);
    for (const task of running) expect(await contents(task)).toEqual(["line 0", "line 3"]);
    for (const task of others) {
      expect(await getTask(queue, task)).toMatchObject({
        status: "running",
        activity: "reads",
        usage: { events: 1 },
      });
    }
  });

  it("each is answered for itself: unknown, late under another lease, after the end", async () => {
    const [plain, fenced, ended] = await runningTasks(3);
    if (!plain || !fenced || !ended) throw new Error("Nothing runs");
    await queue.machine.finish(ended);
    const unknown = { ...plain, taskId: crypto.randomUUID() as ClaimedTask["taskId"] };
    const answers = await queue.machine.send([
      line(plain, 1),
      activity(plain, 2, "goes on"),
      line(fenced, 1, "of another lease", fenced.lease + 1),
      activity(fenced, 2, "of another lease", fenced.lease + 1),
      line(ended, 1, "said too late"),
      activity(ended, 2, "does nothing"),
      line(unknown, 1),
    ]);
    const said = new Map(
      answers.map(({ taskId, sequence, result, reason }) => [
        `${taskId} ${sequence}`,
        [result, reason],
      ]),
    );
    expect(said).toEqual(
      new Map([
        [`${plain.taskId} 1`, ["stored", null]],
        [`${plain.taskId} 2`, ["stored", null]],
        [`${fenced.taskId} 1`, ["late", null]],
        [`${fenced.taskId} 2`, ["late", "lease_lost"]],
        [`${ended.taskId} 1`, ["late", null]],
        [`${ended.taskId} 2`, ["late", "lease_lost"]],
        [`${unknown.taskId} 1`, ["rejected", "task.not_found"]],
      ]),
    );
    expect(await getTask(queue, fenced)).toMatchObject({ activity: null });
  });

  it("each agent's own secrets are hidden, whoever comes along with it", async () => {
    const secrets = ["first-secret-of-ada", "other-secret-of-bea"];
    const running = await Promise.all([runningTask(queue, "Ada"), runningTask(queue, "Bea")]);
    for (const [at, task] of running.entries()) {
      await queue.test.alice.call(agents.setEnvironment, {
        workspace,
        agentId: task.agent.id,
        variables: { TOKEN: secrets[at] ?? "" },
      });
    }
    await queue.machine.send(running.map((task) => line(task, 0, secrets.join(" and "))));
    const [ada, bea] = await Promise.all(running.map(contents));
    expect(ada).toEqual([expect.stringMatching(/^(?!.*first-secret).* and other-secret-of-bea$/)]);
    expect(bea).toEqual([expect.stringMatching(/^first-secret-of-ada and (?!other-secret)/)]);
  });
});
