import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { AgentId } from "@headcount/contract/kit/ids";
import type { InputOf } from "@headcount/contract/kit/route";
import { only } from "../tasks/queue.fixture.ts";
import type { TestApp } from "../testing/test-app.ts";
import { createTestMachine } from "../testing/test-machine.ts";

/** A task that runs and says what it is told to. */
export type Talker = {
  readonly agentId: AgentId;
  /** Its transcript, as a tab asks for it. */
  readonly stream: string;
  say(seq: number, content?: string): Promise<void>;
};

/** The machine is Alice's, and so is the agent. */
export async function createTalker(
  test: TestApp,
  access: Pick<InputOf<typeof agents.create>, "access" | "allowedMemberIds"> = {},
): Promise<Talker> {
  const { workspace, alice } = test;
  const machine = await createTestMachine(test, alice);
  const { runtimeId } = machine;
  const agent = await alice.call(agents.create, {
    workspace,
    name: "Talker",
    runtimeId,
    ...access,
  });
  await alice.call(issues.create, {
    workspace,
    title: "Say something",
    assignee: { type: "agent", id: agent.id },
  });
  const task = only(await machine.claim());
  await machine.start(task);
  const { workspaceId, taskId, lease } = task;
  return {
    agentId: agent.id,
    stream: `task:${workspaceId}:${taskId}`,
    async say(seq, content = `line ${seq}`) {
      const body = { seq, type: "text" as const, content };
      await machine.send([{ workspaceId, taskId, lease, sequence: seq, kind: "transcript", body }]);
    },
  };
}
