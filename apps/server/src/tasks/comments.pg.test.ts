import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { comments, issues } from "@headcount/contract/issues/routes";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

type TaskFacts = {
  status: string;
  triggerCommentId: string | null;
  plannedCommentIds: string[];
  originatorId: string | null;
  accountableId: string | null;
  initiatorId: string | null;
};

describe("comments that wake agents", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const taskRows = (): Promise<TaskFacts[]> =>
    queue.rows(
      (sql) => sql<TaskFacts[]>`
        select status, trigger_comment_id, planned_comment_ids, originator_id, accountable_id,
          initiator_id
        from tasks order by id`,
    );

  it("INV-2 two agents mentioned at once get a task each, one agent mentioned twice gets one", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Talk");
    const [first, second] = await Promise.all([
      queue.comment(alice, issue, `${mention(ada)} and ${mention(bert)}`),
      queue.comment(bob, issue, `${mention(ada)} please`),
    ]);
    const rows = await queue.rows(
      (sql) => sql<{ agentId: string; comments: string[] }[]>`
        select agent_id, planned_comment_ids || trigger_comment_id as comments from tasks`,
    );
    expect(rows).toHaveLength(2);
    const ofAda = rows.find((row) => row.agentId === ada.id);
    expect(ofAda?.comments.toSorted()).toEqual([first.id, second.id].toSorted());
  });

  it("INV-48 20 comments at once end in one task that knows all of them", async () => {
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Crowded");
    const written = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        queue.comment(
          index % 2 === 0 ? queue.test.alice : queue.test.bob,
          issue,
          `${mention(ada)} ${index}`,
        ),
      ),
    );
    const task = only(await taskRows());
    const known = [...task.plannedCommentIds, task.triggerCommentId ?? "none"];
    expect(known.toSorted()).toEqual(written.map((comment) => comment.id).toSorted());
    const effects = written.flatMap((comment) => comment.triggers.map((trigger) => trigger.effect));
    expect(effects.filter((effect) => effect === "queued")).toHaveLength(1);
    expect(effects.filter((effect) => effect === "coalesced")).toHaveLength(19);
  });

  it("INV-35 a merged comment brings its whole attribution", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Two askers");
    const first = await queue.comment(alice, issue, `${mention(ada)} one`);
    const second = await queue.comment(bob, issue, `${mention(ada)} two`);
    expect(only(second.triggers).effect).toBe("coalesced");
    expect(only(await taskRows())).toEqual({
      status: "queued",
      triggerCommentId: second.id,
      plannedCommentIds: [first.id],
      originatorId: bob.userId,
      accountableId: bob.userId,
      initiatorId: bob.userId,
    });
  });

  it("INV-35 a comment by somebody without access is not merged and learns nothing", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada", { access: "owner_only" });
    const issue = await queue.issue("Closed agent");
    await queue.comment(alice, issue, `${mention(ada)} one`);
    const before = await taskRows();
    const refused = await queue.comment(bob, issue, `${mention(ada)} two`);
    const missing = await queue.comment(
      bob,
      issue,
      mention({ id: "019aa000-0000-7000-8000-000000000000" as typeof ada.id, name: "Ada" }),
    );
    expect(await taskRows()).toEqual(before);
    const { agentId: _closed, ...closed } = only(refused.triggers);
    const { agentId: _missing, ...unknown } = only(missing.triggers);
    expect(closed).toEqual(unknown);
    expect(closed).toMatchObject({ effect: "blocked", reason: "agent_not_available" });
  });

  it("INV-34 two people comment during a run: one follow-up answers both", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Busy", ada.id);
    const run = only(await queue.machine.claim());
    await queue.machine.start(run);
    const first = await queue.comment(alice, issue, "Also the window");
    const second = await queue.comment(bob, issue, "And the roof");
    expect(only(second.triggers).effect).toBe("coalesced");
    expect(await queue.machine.claim()).toEqual([]);
    await queue.machine.finish(run);
    const followUp = only(await queue.machine.claim());
    expect(followUp.turnPrompt).toContain("Also the window");
    expect(followUp.turnPrompt).toContain("And the roof");
    expect(followUp.turnPrompt).toContain("Bob");
    await queue.machine.start(followUp);
    await queue.machine.finish(followUp);
    expect(await queue.machine.claim()).toEqual([]);
    const receipts = await queue.rows(
      (sql) => sql<{ commentId: string }[]>`select comment_id from task_receipts`,
    );
    expect(receipts.map((row) => row.commentId).toSorted()).toEqual(
      [first.id, second.id].toSorted(),
    );
    expect((await taskRows()).at(-1)).toMatchObject({
      triggerCommentId: second.id,
      originatorId: bob.userId,
    });
  });

  it("INV-34 a comment that meets the end of the run is answered whoever comes first", async () => {
    const ada = await queue.agent("Ada");
    for (let round = 0; round < 6; round += 1) {
      const issue = await queue.issue(`Round ${round}`, ada.id);
      const run = only(await queue.machine.claim());
      await queue.machine.start(run);
      const [comment] = await Promise.all([
        queue.comment(queue.test.bob, issue, "One more thing"),
        queue.machine.finish(run),
      ]);
      const followUp = only(await queue.machine.claim());
      expect(followUp.turnPrompt).toContain(comment.id);
      await queue.machine.start(followUp);
      await queue.machine.finish(followUp);
      expect(await queue.machine.claim()).toEqual([]);
    }
  });

  it("INV-49 editing a batched comment replays the others; the same text does nothing", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Edited");
    const kept = await queue.comment(alice, issue, `${mention(ada)} keep this`);
    const edited = await queue.comment(bob, issue, `${mention(ada)} drop this`);
    const before = await taskRows();
    await bob.call(comments.update, {
      workspace,
      commentId: edited.id,
      body: `${mention(ada)} drop this`,
    });
    expect(await taskRows()).toEqual(before);
    await bob.call(comments.update, { workspace, commentId: edited.id, body: "Never mind." });
    const rows = await taskRows();
    expect(rows.map((row) => row.status)).toEqual(["cancelled", "queued"]);
    expect(rows[1]).toMatchObject({
      triggerCommentId: kept.id,
      plannedCommentIds: [],
      originatorId: alice.userId,
    });
  });

  it("INV-49 deleting the only comment of a waiting task cancels it", async () => {
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Deleted");
    const comment = await queue.comment(queue.test.bob, issue, mention(ada));
    await queue.test.bob.call(comments.delete, { workspace, commentId: comment.id });
    expect((await taskRows()).map((row) => row.status)).toEqual(["cancelled"]);
  });

  it("a comment edited after it was delivered is answered again", async () => {
    const { bob } = queue.test;
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Second thoughts");
    const comment = await queue.comment(bob, issue, `${mention(ada)} paint it red`);
    const run = only(await queue.machine.claim());
    await queue.machine.start(run);
    await bob.call(comments.update, {
      workspace,
      commentId: comment.id,
      body: `${mention(ada)} paint it blue`,
    });
    await queue.machine.finish(run);
    expect(only(await queue.machine.claim()).turnPrompt).toContain("paint it blue");
  });

  it("an assignee stands in after five minutes, unless the addressed agent answers", async () => {
    const { bob } = queue.test;
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Whose thread", bert.id);
    const first = only(await queue.machine.claim());
    await queue.machine.start(first);
    await queue.machine.finish(first);
    const asked = await queue.comment(bob, issue, `${mention(ada)} what do you think?`);
    const answering = only(await queue.machine.claim());
    await queue.machine.start(answering);
    const answer = await queue.test.callAs(answering.token, comments.add, {
      workspace,
      issue: issue.id,
      body: "I think so.",
      parentId: asked.id,
    });
    await queue.machine.finish(answering);
    const reply = await queue.comment(bob, issue, "And why?", answer.comment.id);
    expect(reply.triggers.map(({ agentName, effect }) => ({ agentName, effect }))).toEqual(
      expect.arrayContaining([
        { agentName: "Ada", effect: "queued" },
        { agentName: "Bert", effect: "deferred" },
      ]),
    );
    const again = only(await queue.machine.claim());
    expect(again.agent.name).toBe("Ada");
    await queue.machine.start(again);
    await queue.machine.finish(again);
    expect((await taskRows()).at(-1)?.status).toMatch(/completed|cancelled/);
    queue.test.advance(6 * 60_000);
    await queue.machine.beat();
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("the stand-in starts when nobody answers", async () => {
    const { bob } = queue.test;
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Nobody answers", bert.id);
    const first = only(await queue.machine.claim());
    await queue.machine.start(first);
    await queue.machine.finish(first);
    const asked = await queue.comment(bob, issue, mention(ada));
    await queue.comment(bob, issue, "Anybody?", asked.id);
    await queue.test.alice.call(agents.update, { workspace, agentId: ada.id, runtimeId: null });
    expect(await queue.machine.claim()).toEqual([]);
    queue.test.advance(6 * 60_000);
    await queue.machine.beat();
    expect(only(await queue.machine.claim()).agent.name).toBe("Bert");
  });

  it("INV-43 a preview says what the write then does", async () => {
    const { bob } = queue.test;
    const ada = await queue.agent("Ada");
    const closed = await queue.agent("Closed", { access: "owner_only" });
    const issue = await queue.issue("Preview", ada.id);
    const bodies = [
      "plain",
      `/note ${mention(ada)}`,
      `${mention(ada)} ${mention(closed)}`,
      "`" + mention(ada) + "`",
      `[@all](mention://all/all) hello`,
    ];
    for (const body of bodies) {
      const { triggers: previewed } = await bob.call(comments.preview, {
        workspace,
        issue: issue.id,
        body,
      });
      const written = await queue.comment(bob, issue, body);
      const withoutTask = written.triggers.map((trigger) => ({ ...trigger, taskId: null }));
      expect(withoutTask).toEqual(previewed);
    }
    const input = { workspace, issue: issue.id, status: "backlog" } as const;
    const { triggers: none } = await bob.call(issues.preview, input);
    const moved = await bob.call(issues.update, input);
    expect(moved.triggers).toEqual(none);
  });
});
