import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "@headcount/client/make-client";
import { agents } from "@headcount/contract/agents/routes";
import type { Agent } from "@headcount/contract/agents/schemas";
import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import { invitations, members } from "@headcount/contract/members/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import type { TaskStatus } from "@headcount/contract/tasks/states";
import { usage } from "@headcount/contract/usage/routes";
import { account, join } from "@headcount/contract/users/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { withAdmin } from "@headcount/testkit/postgres/with-admin";
import { waitFor } from "@headcount/testkit/wait-for";
import { processesWith } from "../support/marked-processes.ts";
import type { Person } from "../support/start-product.ts";
import { type Proxy, startProxy } from "../support/start-proxy.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

/** A workspace of its own in which one agent has a running, a dispatched and a queued task. */
type Stage = {
  readonly slug: string;
  readonly id: WorkspaceId;
  /** Who owns the machine, and acts. */
  readonly client: ApiClient;
  readonly runtime: Runtime;
  readonly agent: Agent;
  readonly issues: readonly Issue[];
};

const usedByRunning = { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 };

describe("scenario I: something is removed while tasks are queued, dispatched and running", () => {
  let started: ProductWithClaude;
  let proxy: Proxy;
  let bob: Person;
  let ada: ApiClient;
  const held: (() => void)[] = [];
  beforeAll(async () => {
    proxy = await startProxy();
    started = await startWithClaude({
      serverUrlForDaemon: (url) => proxy.forwardTo(url),
      daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "2s" },
    });
    const { product, claude } = started;
    ada = product.clientFor(product.ownerToken);
    bob = await product.invite("Bob");
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: usedByRunning },
        { spawnDetached: "while :; do sleep 1; done" },
        { hang: true },
      ],
    });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await proxy[Symbol.asyncDispose]();
  });

  it("INV-15 INV-112 the workspace", async () => {
    const stage = await prepareStage("workspace", ada);
    const { slug } = stage;
    await leavesNothing(stage, () =>
      ada.call(workspaces.delete, { workspace: slug, confirmSlug: slug }),
    );
    await expect(ada.call(usage.summary, { workspace: slug })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("INV-15 INV-17 INV-112 the agent", async () => {
    const stage = await prepareStage("agent", ada);
    const place = { workspace: stage.slug, agentId: stage.agent.id };
    await leavesNothing(stage, () => ada.call(agents.archive, place));
    const agent = await ada.call(agents.get, place);
    expect([agent.runningTasks, agent.queuedTasks]).toEqual([0, 0]);
    expect(await inputUsed(stage)).toBe(usedByRunning.input);
  });

  it("INV-15 INV-17 INV-112 the issue", async () => {
    const stage = await prepareStage("issue", ada);
    await leavesNothing(stage, async () => {
      for (const issue of stage.issues) {
        await ada.call(issues.delete, { workspace: stage.slug, issue: issue.id });
      }
    });
    const { presence } = await ada.call(agents.get, {
      workspace: stage.slug,
      agentId: stage.agent.id,
    });
    expect(presence).toBe("idle");
    expect(await inputUsed(stage)).toBe(usedByRunning.input);
  });

  it("INV-53 INV-112 the runtime, which the machine announces anew", async () => {
    const stage = await prepareStage("runtime", ada);
    await leavesNothing(stage, () =>
      ada.call(runtimes.removeAndDelete, {
        workspace: stage.slug,
        runtimeId: stage.runtime.id,
        agentIds: [stage.agent.id],
      }),
    );
    expect(await inputUsed(stage)).toBe(usedByRunning.input);
    expect((await runtimeIn(stage.slug, ada)).id).not.toBe(stage.runtime.id);
  });

  it("INV-95 INV-112 the member whose machine it is", async () => {
    const slug = "of-bob";
    await bob.client.call(workspaces.create, { name: "Of Bob", slug });
    const { user } = await ada.call(account.me, {});
    const { url } = await bob.client.call(invitations.create, {
      workspace: slug,
      email: user.email,
      role: "member",
    });
    await ada.call(join.accept, { code: url.split("/").at(-1) ?? "" });
    const stage = await fillStage(slug, ada);
    await leavesNothing(stage, () =>
      bob.client.call(members.remove, { workspace: slug, memberId: user.id }),
    );
    const { total } = await bob.client.call(usage.summary, { workspace: slug });
    expect(total.tokens.input).toBe(usedByRunning.input);
  });

  it("INV-6 the machine has all its slots again and works", async () => {
    const { product, claude } = started;
    await claude.setScript({ steps: [{ result: "Still working." }] });
    const agent = await product.createAgent("After", "claude");
    const { taskId } = await product.assign("Afterwards", agent);
    expect(await product.taskEnded(taskId)).toMatchObject({ status: "completed" });
  });

  async function prepareStage(name: string, client: ApiClient): Promise<Stage> {
    const slug = `of-${name}`;
    await client.call(workspaces.create, { name: `Of ${name}`, slug });
    return fillStage(slug, client);
  }

  async function fillStage(slug: string, client: ApiClient): Promise<Stage> {
    const runtime = await runtimeIn(slug, client);
    const agent = await client.call(agents.create, {
      workspace: slug,
      name: "Busy",
      runtimeId: runtime.id,
      model: "claude-sonnet-5",
      limits: { maxConcurrentTasks: 2 },
    });
    const assign = async (title: string): Promise<{ issue: Issue; taskId: TaskId }> => {
      const assignee = { type: "agent" as const, id: agent.id };
      const written = await client.call(issues.create, { workspace: slug, title, assignee });
      return { issue: written.issue, taskId: TaskId.parse(written.triggers[0]?.taskId) };
    };
    const is = (taskId: TaskId, status: TaskStatus): Promise<unknown> =>
      waitFor(
        async () => (await client.call(tasks.get, { workspace: slug, taskId })).status === status,
        { describe: `a task that is ${status}`, timeoutMs: 30_000 },
      );
    const running = await assign("Running");
    await is(running.taskId, "running");
    await waitFor(
      async () =>
        (await client.call(usage.task, { workspace: slug, taskId: running.taskId })).total.tokens
          .output === usedByRunning.output,
      { describe: "the usage of the running task", timeoutMs: 30_000 },
    );
    const start = proxy.holdRequest(/\/daemon\/tasks\/[^/]+\/start$/);
    const dispatched = await assign("Dispatched");
    await start.happened;
    const queued = await assign("Queued");
    await is(dispatched.taskId, "dispatched");
    await is(queued.taskId, "queued");
    held.push(start.release);
    const { id } = await client.call(workspaces.get, { workspace: slug });
    const all = [running.issue, dispatched.issue, queued.issue];
    return { slug, id, client, runtime, agent, issues: all };
  }

  /** Removes, lets the dispatched task try to start after all, and looks for what is left. */
  async function leavesNothing(stage: Stage, remove: () => Promise<unknown>): Promise<void> {
    const variable = `HEADCOUNT_WORKSPACE_ID=${stage.id}`;
    expect(processesWith(variable).length).toBeGreaterThanOrEqual(2);
    expect(await statesIn(stage.id)).toEqual(["dispatched", "queued", "running"]);
    const before = await ledgerOf(stage.id);
    await remove();
    for (const release of held.splice(0)) release();
    await waitFor(() => processesWith(variable).length === 0, {
      describe: "the end of every process of the workspace",
      timeoutMs: 40_000,
    });
    await waitFor(
      async () => (await statesIn(stage.id)).every((status) => status === "cancelled"),
      { describe: "the end of every task", timeoutMs: 10_000 },
    );
    expect(await ledgerOf(stage.id)).toEqual(before);
  }

  async function runtimeIn(slug: string, client: ApiClient): Promise<Runtime> {
    const found = await waitFor(
      async () => {
        const { items } = await client.call(runtimes.list, { workspace: slug });
        return items.find((item) => item.cli === "claude" && item.health === "online");
      },
      { describe: `a runtime in ${slug}`, timeoutMs: 60_000 },
    );
    return found as Runtime;
  }

  async function inputUsed(stage: Stage): Promise<number> {
    const { total } = await stage.client.call(usage.summary, { workspace: stage.slug });
    return Number(total.tokens.input);
  }

  function statesIn(workspaceId: WorkspaceId): Promise<readonly string[]> {
    return withAdmin(started.databaseUrl, async (sql) => {
      const rows = await sql<{ status: string }[]>`
        select status from tasks where workspace_id = ${workspaceId} order by status`;
      return rows.map((row) => row.status);
    });
  }

  function ledgerOf(workspaceId: WorkspaceId): Promise<readonly unknown[]> {
    return withAdmin(started.databaseUrl, async (sql) => {
      const rows = await sql`
        select m.model, sum(e.input)::int as input, sum(e.output)::int as output
        from usage_events e
        join usage_meters m on m.workspace_id = e.workspace_id and m.id = e.meter_id
        where e.workspace_id = ${workspaceId} group by m.model order by m.model`;
      return [...rows];
    });
  }
});
