import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ApiError } from "@headcount/client/api-error";
import { agents } from "@headcount/contract/agents/routes";
import type { Agent, AgentAccessMode } from "@headcount/contract/agents/schemas";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { AgentId } from "@headcount/contract/kit/ids";
import { newId } from "@headcount/contract/kit/ids";
import { server } from "@headcount/contract/server/routes";
import { agentSkills, skills } from "@headcount/contract/skills/routes";
import { createQueueTest, only, type QueueTest, workspace } from "./tasks/queue.fixture.ts";
import {
  type Caller,
  modes,
  callerNames,
  type CallerName,
  canary,
  fresh,
  type Stage,
  mentionOf,
  ways,
} from "./ways-to-reach-agents.fixture.ts";

describe("who may give a closed agent work", () => {
  let queue: QueueTest;
  let callers: Record<CallerName, Caller>;
  let subjects: Record<AgentAccessMode, Agent>;
  let helper: Stage["helper"];

  beforeAll(async () => {
    queue = await createQueueTest();
    const { test } = queue;
    const outsider = await test.addPerson("Dan");
    const admin = await test.addPerson("Carol", "admin");
    const open = await queue.agent("Helper");
    const helperOf = async (person: typeof outsider): Promise<Stage["helper"]> => {
      const { issue } = await person.call(issues.create, {
        workspace,
        title: fresh("Help"),
        assignee: { type: "agent", id: open.id },
      });
      const task = only(await queue.machine.claim());
      await queue.machine.start(task);
      return { taskId: task.taskId, issueId: issue.id, token: task.token };
    };
    helper = await helperOf(outsider);
    const asAgent = (token: string): Caller => ({
      kind: "agent",
      call: (route, input) => test.callAs(token, route, input),
    });
    const asPerson = ({ call }: typeof outsider): Caller => ({ kind: "person", call });
    callers = {
      owner: asPerson(test.alice),
      "listed member": asPerson(test.bob),
      outsider: asPerson(outsider),
      admin: asPerson(admin),
      "agent for the outsider": asAgent(helper.token),
      "agent for the listed member": asAgent((await helperOf(test.bob)).token),
    };
    const subjectIn = async (mode: AgentAccessMode): Promise<Agent> => {
      const { id } = await queue.agent(`${canary} ${mode}`, { limit: 50 });
      return test.alice.call(agents.setAccess, {
        workspace,
        agentId: id,
        access: mode,
        allowedMemberIds: [test.bob.userId],
      });
    };
    subjects = {
      owner_only: await subjectIn("owner_only"),
      allow_list: await subjectIn("allow_list"),
      workspace: await subjectIn("workspace"),
    };
  });
  afterEach(cancelWaiting);
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  /** What one call started would be claimed in the place of what the next one starts. */
  async function cancelWaiting(): Promise<void> {
    await queue.rows(
      (sql) => sql`
        update tasks set status = 'cancelled', outcome = 'cancelled', ended_at = now(),
          queued_at = queued_at - interval '2 hours'
        where status in ('queued', 'deferred') returning id`,
    );
  }

  const mayInvoke = (name: CallerName, mode: AgentAccessMode): boolean => {
    if (mode === "workspace" || name === "owner") return true;
    return mode === "allow_list" && name.endsWith("listed member");
  };

  /** Everything that a write could leave behind. */
  const footprint = async (): Promise<unknown> =>
    only(
      await queue.rows(
        (sql) => sql`
          select (select count(*) from tasks) as tasks, (select count(*) from issues) as issues,
            (select sum(revision) from issues) as issue_revisions,
            (select count(*) from comments) as comments,
            (select count(*) from activities) as activities,
            (select count(*) from audit_entries) as audited,
            (select change_seq from workspace_counters) as changes`,
      ),
    );
  const waitingFor = async (subject: Agent): Promise<number> =>
    (
      await queue.rows(
        (sql) => sql`select id from tasks where agent_id = ${subject.id} and status = 'queued'`,
      )
    ).length;

  const cases = Object.keys(ways).flatMap((way) => modes.map((mode) => [way, mode] as const));

  it.each(cases)("INV-44 %s in mode %s", async (wayName, mode) => {
    const way = ways[wayName];
    if (!way) throw new Error(wayName);
    const subject = subjects[mode];
    for (const name of callerNames) {
      const label = `${wayName}, ${mode}, ${name}`;
      const caller = callers[name];
      const act = await way.prepare({ queue, subject, mode, helper });
      const before = await footprint();
      const outcome = await attempt(() => act(caller));
      const special = caller.kind === "agent" ? way.agents : undefined;
      const expected = special ?? (mayInvoke(name, mode) ? "started" : way.refusal);
      expect([label, await waitingFor(subject)]).toEqual([label, expected === "started" ? 1 : 0]);
      const isRefused = expected !== "started" && expected !== "done without waking";
      const left = isRefused ? [outcome.reason, await footprint()] : [expected, before];
      expect([label, ...left]).toEqual([label, expected, before]);
      const knowsName = mayInvoke(name, mode) || name === "admin";
      const leaks = !knowsName && outcome.text.includes(canary);
      expect([label, leaks]).toEqual([label, false]);
      await cancelWaiting();
    }
  });

  it("INV-44 answers alike for agents that are closed, archived and missing", async () => {
    const outsider = callers.outsider;
    const archived = await queue.agent(`${canary} archived`, { access: "owner_only" });
    await queue.test.alice.call(agents.archive, { workspace, agentId: archived.id });
    const issue = await queue.issue(fresh("Asked about"));
    const skill = await outsider.call(skills.create, {
      workspace,
      name: "Known to all",
      description: "Whoever has it.",
      instructions: "",
    });
    const ids = [subjects.owner_only.id, archived.id, newId<AgentId>()];
    const acts = [
      (id: AgentId) =>
        outsider.call(issues.create, { workspace, title: "T", assignee: { type: "agent", id } }),
      (id: AgentId) =>
        outsider.call(issues.update, {
          workspace,
          issue: issue.id,
          assignee: { type: "agent", id },
        }),
      (id: AgentId) =>
        outsider.call(issues.preview, {
          workspace,
          issue: issue.id,
          assignee: { type: "agent", id },
        }),
      (id: AgentId) =>
        outsider.call(comments.preview, { workspace, issue: issue.id, body: mentionOf(id) }),
      (id: AgentId) => outsider.call(agents.get, { workspace, agentId: id }),
      (id: AgentId) => outsider.call(agents.archive, { workspace, agentId: id }),
      (id: AgentId) => outsider.call(agents.restore, { workspace, agentId: id }),
      (id: AgentId) => outsider.call(agents.getEnvironment, { workspace, agentId: id }),
      (id: AgentId) => outsider.call(agentSkills.list, { workspace, agentId: id }),
      (id: AgentId) =>
        outsider.call(agentSkills.bind, { workspace, agentId: id, skillId: skill.id }),
      (id: AgentId) =>
        outsider.call(agentSkills.unbind, { workspace, agentId: id, skillId: skill.id }),
    ];
    for (const act of acts) {
      const answers = [];
      for (const id of ids) {
        const { text } = await attempt(() => act(id));
        answers.push(text.replaceAll(id, "the agent"));
      }
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toMatch(/agent_not_available|agent.not_found/);
    }
  });

  it("INV-44 a doctor's run wakes nobody else's agent", async () => {
    for (const name of ["outsider", "admin"] as const) {
      const outcome = await attempt(() => callers[name].call(server.doctorRun, { workspace }));
      expect(outcome.reason).toBe("doctor.no_runtime");
    }
    const agent = callers["agent for the outsider"];
    const outcome = await attempt(() => agent.call(server.doctorRun, { workspace }));
    expect(outcome.reason).toBe("human_required");
  });
});

/** What the caller gets to read: the reply, or the error without what differs by request. */
async function attempt(act: () => Promise<unknown>): Promise<{ reason: string; text: string }> {
  try {
    return { reason: "", text: JSON.stringify(await act()) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, reason, message, details } = error;
    return { reason, text: JSON.stringify({ code, reason, message, details }) };
  }
}
