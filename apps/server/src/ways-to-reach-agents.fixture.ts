import { agents } from "@headcount/contract/agents/routes";
import type { Agent, AgentAccessMode } from "@headcount/contract/agents/schemas";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import type { AgentId, CommentId, TaskId } from "@headcount/contract/kit/ids";
import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import { tasks } from "@headcount/contract/tasks/routes";
import { only, type QueueTest, workspace } from "./tasks/queue.fixture.ts";

export type Caller = {
  readonly kind: "person" | "agent";
  call<R extends Route>(route: R, input: InputOf<R>): Promise<OutputOf<R>>;
};

export const modes = ["owner_only", "allow_list", "workspace"] as const;
export const callerNames = [
  "owner",
  "listed member",
  "outsider",
  "admin",
  "agent for the outsider",
  "agent for the listed member",
] as const;
export type CallerName = (typeof callerNames)[number];

/** A name that can stand nowhere by chance. */
export const canary = "Zyzzyva-Canary";

let titles = 0;
/** Equal open titles are refused as duplicates. */
export const fresh = (title: string): string => `${title} ${(titles += 1)}`;

export type Stage = {
  readonly queue: QueueTest;
  readonly subject: Agent;
  readonly mode: AgentAccessMode;
  /** A run under way whose agent everybody may use, started by the outsider. */
  readonly helper: {
    readonly taskId: TaskId;
    readonly issueId: Issue["id"];
    readonly token: string;
  };
};

/** A way to give the agent work: prepares as its owner, then returns the caller's own act. */
type Way = {
  /** What happens to a caller who may not: the call is refused, or done without waking the agent. */
  readonly refusal: "agent_not_available" | "task.not_found" | "done without waking";
  /** What becomes of agents' attempts when they differ from those of the people behind them. */
  readonly agents?: "human_required" | "done without waking";
  readonly prepare: (stage: Stage) => Promise<(caller: Caller) => Promise<unknown>>;
};

const by = ({ subject }: Stage) => ({ type: "agent", id: subject.id }) as const;
export const mentionOf = (id: AgentId): string => `[@them](mention://agent/${id})`;

/** An issue whose agent is assigned and was not started. */
export async function parked(stage: Stage, status: "backlog" | "todo"): Promise<Issue> {
  const reply = await stage.queue.test.alice.call(issues.create, {
    workspace,
    title: fresh("Parked"),
    status,
    start: false,
    assignee: by(stage),
  });
  return reply.issue;
}

export async function finished(
  stage: Stage,
): Promise<{ issue: Issue; taskId: TaskId; said: CommentId }> {
  const { queue, subject } = stage;
  const issue = await queue.issue(fresh("Earlier"), subject.id);
  const task = only(await queue.machine.claim());
  await queue.machine.start(task);
  const { comment } = await queue.test.callAs(task.token, comments.add, {
    workspace,
    issue: issue.id,
    body: "I did it.",
  });
  await queue.machine.finish(task);
  return { issue, taskId: task.taskId, said: comment.id };
}

export const ways: Readonly<Record<string, Way>> = {
  "create with assignee": {
    refusal: "agent_not_available",
    prepare: async (stage) => (caller) =>
      caller.call(issues.create, { workspace, title: fresh("New"), assignee: by(stage) }),
  },
  "update of the assignee": {
    refusal: "agent_not_available",
    prepare: async (stage) => {
      const issue = await stage.queue.issue(fresh("Unassigned"));
      return (caller) =>
        caller.call(issues.update, { workspace, issue: issue.id, assignee: by(stage) });
    },
  },
  "move out of the backlog": {
    refusal: "done without waking",
    prepare: async (stage) => {
      const issue = await parked(stage, "backlog");
      return (caller) => caller.call(issues.move, { workspace, issue: issue.id, status: "todo" });
    },
  },
  "update out of the backlog": {
    refusal: "done without waking",
    prepare: async (stage) => {
      const issue = await parked(stage, "backlog");
      return (caller) => caller.call(issues.update, { workspace, issue: issue.id, status: "todo" });
    },
  },
  start: {
    refusal: "agent_not_available",
    prepare: async (stage) => {
      const issue = await parked(stage, "todo");
      return (caller) => caller.call(issues.start, { workspace, issue: issue.id });
    },
  },
  "mention in a comment": {
    refusal: "done without waking",
    prepare: async (stage) => {
      const issue = await stage.queue.issue(fresh("Mentioned"));
      const body = mentionOf(stage.subject.id);
      return (caller) => caller.call(comments.add, { workspace, issue: issue.id, body });
    },
  },
  "mention that is edited in": {
    refusal: "done without waking",
    prepare: async (stage) => {
      const issue = await stage.queue.issue(fresh("Mentioned"));
      const body = mentionOf(stage.subject.id);
      return async (caller) => {
        const first = { workspace, issue: issue.id, body: "/note Soon." };
        const { comment } = await caller.call(comments.add, first);
        return caller.call(comments.update, { workspace, commentId: comment.id, body });
      };
    },
  },
  "comment on its issue": {
    refusal: "done without waking",
    agents: "done without waking",
    prepare: async (stage) => {
      const issue = await parked(stage, "todo");
      return (caller) => caller.call(comments.add, { workspace, issue: issue.id, body: "And?" });
    },
  },
  "reply to its comment": {
    refusal: "done without waking",
    agents: "done without waking",
    prepare: async (stage) => {
      const { issue, said } = await finished(stage);
      const reply = { workspace, issue: issue.id, body: "And?", parentId: said };
      return (caller) => caller.call(comments.add, reply);
    },
  },
  rerun: {
    refusal: "task.not_found",
    agents: "human_required",
    prepare: async (stage) => {
      const { taskId } = await finished(stage);
      return (caller) => caller.call(tasks.rerun, { workspace, taskId });
    },
  },
  "run now": {
    refusal: "task.not_found",
    agents: "human_required",
    prepare: async (stage) => {
      const { queue, subject } = stage;
      await queue.issue(fresh("Later"), subject.id);
      const task = only(await queue.machine.claim());
      await queue.machine.start(task);
      await queue.machine.finish(task, {
        status: "failed",
        failureReason: "agent_error.provider_capacity_or_rate_limit",
        retryAfterMs: 600_000,
      });
      const [waiting] = await queue.rows(
        (sql) => sql<{ id: TaskId }[]>`
          select id from tasks where agent_id = ${subject.id} and status = 'deferred'`,
      );
      if (!waiting) throw new Error("Nothing waits");
      return (caller) => caller.call(tasks.runNow, { workspace, taskId: waiting.id });
    },
  },
  continue: {
    refusal: "done without waking",
    agents: "human_required",
    prepare: async (stage) => {
      const { queue, subject, helper } = stage;
      const { alice } = queue.test;
      const [before] = (await alice.call(agents.list, { workspace })).items.filter(
        (agent) => agent.id === subject.id,
      );
      const open = { workspace, agentId: subject.id };
      // What the outsider's run asks for is refused while the agent is closed.
      await alice.call(agents.setAccess, { ...open, access: "owner_only", allowedMemberIds: [] });
      await queue.test.callAs(helper.token, comments.add, {
        workspace,
        issue: helper.issueId,
        body: mentionOf(subject.id),
      });
      await alice.call(agents.setAccess, {
        ...open,
        access: stage.mode,
        allowedMemberIds: before?.allowedMemberIds ?? [],
      });
      return (caller) => caller.call(tasks.continueChain, { workspace, taskId: helper.taskId });
    },
  },
};
