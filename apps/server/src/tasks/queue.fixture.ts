import { agents } from "@headcount/contract/agents/routes";
import type { Agent, AgentAccessMode } from "@headcount/contract/agents/schemas";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Issue, TriggerVerdict } from "@headcount/contract/issues/schemas";
import type { AgentId, CommentId } from "@headcount/contract/kit/ids";
import { openOwnerConnection } from "../platform/database.ts";
import {
  createTestApp,
  type TestApp,
  type TestAppOptions,
  type TestPerson,
} from "../testing/test-app.ts";
import { createTestMachine, type TestMachine } from "../testing/test-machine.ts";

export const workspace = "acme";

/** A workspace with one machine, and ways to give its agents work. */
export type QueueTest = {
  readonly test: TestApp;
  readonly machine: TestMachine;
  agent(name: string, options?: { access?: AgentAccessMode; limit?: number }): Promise<Agent>;
  /** An issue by alice; assigned and so started when an agent is given. */
  issue(title: string, agentId?: AgentId): Promise<Issue>;
  comment(
    by: TestPerson,
    issue: Issue,
    body: string,
    parentId?: CommentId,
  ): Promise<{ id: CommentId; triggers: TriggerVerdict[] }>;
  /** Reads rows past row-level security, as a person with psql would. */
  rows<T extends object>(
    read: (sql: ReturnType<typeof openOwnerConnection>) => Promise<T[]>,
  ): Promise<T[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function createQueueTest(options: TestAppOptions = {}): Promise<QueueTest> {
  const test = await createTestApp({ maxConnections: 24, ...options });
  const machine = await createTestMachine(test, test.alice);
  const owner = openOwnerConnection(test.databaseUrl);
  return {
    test,
    machine,
    agent: (name, { access = "workspace", limit = 6 } = {}) =>
      test.alice.call(agents.create, {
        workspace,
        name,
        runtimeId: machine.runtimeId,
        access,
        limits: { maxConcurrentTasks: limit },
      }),
    issue: async (title, agentId) => {
      const assignee = agentId ? ({ type: "agent", id: agentId } as const) : null;
      const reply = await test.alice.call(issues.create, { workspace, title, assignee });
      return reply.issue;
    },
    comment: async (by, issue, body, parentId) => {
      const reply = await by.call(comments.add, {
        workspace,
        issue: issue.id,
        body,
        parentId: parentId ?? null,
      });
      return { id: reply.comment.id, triggers: reply.triggers };
    },
    rows: (read) => read(owner),
    async [Symbol.asyncDispose]() {
      await owner.end({ timeout: 2 });
      await test[Symbol.asyncDispose]();
    },
  };
}

/** A mention as the web writes it. */
export function mention(agent: Pick<Agent, "id" | "name">): string {
  return `[@${agent.name}](mention://agent/${agent.id})`;
}

/** The single element of a list. @throws when there is none or more than one */
export function only<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined || list.length !== 1) throw new Error(`Expected one, got ${list.length}`);
  return item;
}
