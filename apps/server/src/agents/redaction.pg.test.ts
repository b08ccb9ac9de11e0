import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { createQueueTest, type QueueTest, workspace } from "../tasks/queue.fixture.ts";

const canary = "correct-horse-battery-staple";
const keyShaped = ["ghp", "abcdefghijklmnopqrstuvwx1234"].join("_");

describe("INV-83 what an agent says is redacted before it is stored", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest();
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  async function tablesWith(text: string): Promise<readonly string[]> {
    const tables = await queue.rows(
      (sql) => sql<{ name: string }[]>`
        select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await queue.rows(
        (sql) => sql<{ found: boolean }[]>`
          select exists (select 1 from ${sql(name)} t
            where t::text like ${`%${text}%`}) as found`,
      );
      if (row?.found === true) found.push(name);
    }
    return found;
  }

  it("in its transcript, its answer, its comments and its issues; a person's words stay", async () => {
    const agent = await queue.agent("Talkative");
    const { alice } = queue.test;
    await alice.call(agents.setEnvironment, {
      workspace,
      agentId: agent.id,
      variables: { DB_PASSWORD: canary },
    });
    const issue = await queue.issue("Say it", agent.id);
    const [task] = await queue.machine.claim();
    if (!task) throw new Error("Nothing was claimed");
    await queue.machine.start(task);
    await queue.machine.send([
      {
        workspaceId: task.workspaceId,
        taskId: task.taskId,
        lease: task.lease,
        sequence: 0,
        kind: "transcript",
        body: {
          seq: 0,
          type: "tool_use",
          content: `using ${canary}`,
          input: { command: `curl -H ${keyShaped}` },
        },
      },
    ]);
    await queue.test.callAs(task.token, comments.add, {
      workspace,
      issue: issue.id,
      body: `the password is ${canary}`,
    });
    await queue.test.callAs(task.token, issues.create, {
      workspace,
      title: `Rotate ${keyShaped}`,
      description: canary,
    });
    await queue.machine.finish(task, { answer: `It was ${canary}` });

    const transcript = await alice.call(tasks.transcript, { workspace, taskId: task.taskId });
    const ended = await alice.call(tasks.get, { workspace, taskId: task.taskId });
    const said = await alice.call(comments.list, { workspace, issue: issue.id });
    const written = await alice.call(issues.list, { workspace });
    const everything = JSON.stringify([transcript, ended, said, written]);
    expect(transcript.items).toHaveLength(1);
    expect(said.items.length).toBeGreaterThan(0);
    expect(everything).not.toContain(canary);
    expect(everything).not.toContain(keyShaped);

    const own = await alice.call(comments.add, {
      workspace,
      issue: issue.id,
      body: `/note ${canary}`,
    });
    expect(own.comment.body).toContain(canary);
  });

  it("in the command line of a run and in what a vendor says about its figures", async () => {
    const agent = await queue.agent("Careless");
    const { alice } = queue.test;
    await alice.call(agents.setEnvironment, {
      workspace,
      agentId: agent.id,
      variables: { SETTING: canary },
    });
    await queue.issue("Start it", agent.id);
    const [task] = await queue.machine.claim();
    if (!task) throw new Error("Nothing was claimed");
    const { workspaceId, taskId, lease } = task;
    await queue.test.callAs(queue.machine.token, daemon.start, {
      workspaceId,
      taskId,
      lease,
      argv: ["claude", "--header", `x: ${canary}`, keyShaped],
      workDirectory: "/work",
      displayDirectory: `~/${canary}`,
      branch: null,
      resumed: false,
    });
    const counts = { input: 5, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 1 };
    await queue.machine.send([
      {
        workspaceId,
        taskId,
        lease,
        sequence: 0,
        kind: "usage",
        body: {
          key: "call-1",
          provider: "anthropic",
          model: "claude-sonnet-5",
          role: "main",
          source: "test",
          cumulative: false,
          reasoning: 0,
          ...counts,
          raw: { headers: { "x-api-key": keyShaped }, input_tokens: 5 },
        },
      },
    ]);
    const started = await alice.call(tasks.get, { workspace, taskId });
    expect(started.argv).toEqual(["claude", "--header", "x: [redacted]", "[redacted]"]);
    expect(await tablesWith("input_tokens")).not.toEqual([]);
    expect(await tablesWith(keyShaped)).toEqual([]);
    // Only the one that a person has written down with her own hand.
    expect(await tablesWith(canary)).toEqual(["comments"]);
  });
});
