import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { comments, issues } from "@headcount/contract/issues/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import type { AgentId } from "@headcount/contract/kit/ids";
import type { Route } from "@headcount/contract/kit/route";
import { projects } from "@headcount/contract/projects/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { allRoutes } from "@headcount/contract/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { agentSkills, skills } from "@headcount/contract/skills/routes";
import { createQueueTest, only, type QueueTest, workspace } from "./tasks/queue.fixture.ts";
import type { TestPerson } from "./testing/test-app.ts";
import { createTestMachine } from "./testing/test-machine.ts";

/** Texts that belong to a closed agent, its runs and its machine; none can stand anywhere by chance. */
const canary = (what: string): string => `zyzzyva${what}canary`;
const ofAgent = ["Name", "Description", "Instructions", "Argument", "Model", "Runtime"];
const ofRuns = ["Handoff", "Spoken", "Branch", "Directory", "Argv", "Error", "Session"];
const ofEnvironment = ["Value"];

type Placed = Readonly<Record<string, string>>;

describe("what a closed agent leaves to be read", () => {
  let queue: QueueTest;
  let outsider: TestPerson;
  let admin: TestPerson;
  let helperToken: string;
  let listed: TestPerson;
  const places: Placed[] = [];

  beforeAll(async () => {
    queue = await createQueueTest();
    const { test } = queue;
    const { alice } = test;
    listed = test.bob;
    outsider = await test.addPerson("Dan");
    admin = await test.addPerson("Carol", "admin");
    const open = await queue.agent("Helper");
    await outsider.call(issues.create, {
      workspace,
      title: "Help",
      assignee: { type: "agent", id: open.id },
    });
    const help = only(await queue.machine.claim());
    await queue.machine.start(help);
    helperToken = help.token;

    const machine = await createTestMachine(test, alice);
    await alice.call(runtimes.update, {
      workspace,
      runtimeId: machine.runtimeId,
      customName: canary("Runtime"),
    });
    const agent = await alice.call(agents.create, {
      workspace,
      name: canary("Name"),
      description: canary("Description"),
      instructions: canary("Instructions"),
      arguments: [canary("Argument")],
      model: canary("Model"),
      runtimeId: machine.runtimeId,
      access: "allow_list",
      allowedMemberIds: [listed.userId],
    });
    await alice.call(agents.setEnvironment, {
      workspace,
      agentId: agent.id,
      variables: { SECRET: canary("Value") },
    });
    const project = await alice.call(projects.create, { workspace, title: "Project" });
    const skill = await alice.call(skills.create, {
      workspace,
      name: "Shared",
      description: "Read by everybody.",
      instructions: "",
      files: [{ path: "a.md", content: "a" }],
    });
    await alice.call(agentSkills.bind, { workspace, agentId: agent.id, skillId: skill.id });
    const assign = async (title: string) => {
      const { issue } = await alice.call(issues.create, {
        workspace,
        title,
        projectId: project.id,
        assignee: { type: "agent", id: agent.id },
        handoffNote: canary("Handoff"),
      });
      return issue;
    };
    for (const end of ["failed", "running", "deleted", "queued"] as const) {
      const issue = await assign(`Work that is ${end}`);
      const { comment } = await alice.call(comments.add, {
        workspace,
        issue: issue.id,
        body: "/note For people.",
      });
      const [waiting] = await queue.rows(
        (sql) => sql<{ id: string }[]>`
          select id from tasks where agent_id = ${agent.id} and issue_id = ${issue.id}`,
      );
      places.push({
        workspace,
        agentId: agent.id,
        runtimeId: machine.runtimeId,
        projectId: project.id,
        skillId: skill.id,
        path: "a.md",
        issue: issue.key,
        commentId: comment.id,
        taskId: waiting?.id ?? "",
        memberId: alice.userId,
        after: "0",
        owner: "all",
      });
      if (end === "queued") continue;
      const task = only(await machine.claim());
      const head = { workspaceId: task.workspaceId, taskId: task.taskId, lease: task.lease };
      await test.callAs(machine.token, daemon.start, {
        ...head,
        argv: ["claude", canary("Argv")],
        workDirectory: `/home/alice/${canary("Directory")}`,
        displayDirectory: `~/${canary("Directory")}`,
        branch: canary("Branch"),
        resumed: false,
      });
      await machine.send([
        {
          ...head,
          sequence: 1,
          kind: "transcript",
          body: { seq: 1, type: "text", content: canary("Spoken") },
        },
        {
          ...head,
          sequence: 2,
          kind: "progress",
          body: { activity: canary("Spoken") },
        },
      ]);
      if (end === "failed") {
        await machine.finish(task, {
          status: "failed",
          failureReason: "agent_error.missing_config",
          error: canary("Error"),
          sessionId: canary("Session"),
        });
      }
      if (end === "deleted") await alice.call(issues.delete, { workspace, issue: issue.id });
    }
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  /** Every read of the API that a caller can make about these things, as one text. */
  async function readEverything(token: string): Promise<Map<string, string>> {
    const seen = new Map<string, string>();
    for (const [index, place] of places.entries()) {
      for (const route of allRoutes.filter((candidate) => isRead(candidate, index))) {
        const reply = await queue.test.app.api.fetch(requestFor(route, place, token));
        expect(reply.status).toBeLessThan(500);
        seen.set(`${route.name} ${index}`, await reply.text());
      }
    }
    return seen;
  }

  const leaksIn = (seen: ReadonlyMap<string, string>, words: readonly string[]): string[] =>
    [...seen].flatMap(([name, text]) =>
      words.filter((word) => text.includes(canary(word))).map((word) => `${name}: ${word}`),
    );

  it("INV-84 nothing for members outside of its audience, nor for agents that run for them", async () => {
    for (const token of [outsider.token, helperToken]) {
      const seen = await readEverything(token);
      expect(leaksIn(seen, [...ofAgent, ...ofRuns, ...ofEnvironment])).toEqual([]);
    }
  });

  it("INV-84 the agent, but neither its runs nor its secrets, for admins who look after it", async () => {
    const seen = await readEverything(admin.token);
    const environment = [...seen.keys()].filter((name) =>
      name.startsWith("agents.get-environment"),
    );
    for (const name of environment) seen.delete(name);
    expect(leaksIn(seen, [...ofRuns, ...ofEnvironment])).toEqual([]);
    expect(leaksIn(seen, ["Name"])).not.toEqual([]);
  });

  it("finds every one of these texts when its audience looks, so that the search means something", async () => {
    const seen = await readEverything(listed.token);
    const missing = [...ofAgent, ...ofRuns].filter((word) => leaksIn(seen, [word]).length === 0);
    expect(missing).toEqual([]);
    expect(leaksIn(seen, ofEnvironment)).toEqual([]);
  });

  it("INV-80 the value of a variable stands in no table, change or audit entry", async () => {
    const tables = await queue.rows(
      (sql) => sql<{ name: string }[]>`
        select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const where: string[] = [];
    for (const { name } of tables) {
      const [row] = await queue.rows(
        (sql) => sql<{ found: boolean }[]>`
          select exists (select 1 from ${sql(name)} t
            where t::text like ${`%${canary("Value")}%`}) as found`,
      );
      if (row?.found) where.push(name);
    }
    expect(tables.length).toBeGreaterThan(20);
    expect(where).toEqual([]);
  });

  it("INV-109 tells no change of a closed agent, its runs or its machine to others", async () => {
    const read = async (person: TestPerson) =>
      (await person.call(changes.poll, { workspace, after: 0 })).items;
    const about = (items: Awaited<ReturnType<typeof read>>): string[] =>
      items
        .filter((item) =>
          ["agentId", "runtimeId"].some((name) =>
            JSON.stringify(item).includes(places[0]?.[name] ?? "missing"),
          ),
        )
        .map((item) => item.type);
    expect(about(await read(outsider))).toEqual([]);
    expect(about(await read(listed))).toEqual(
      expect.arrayContaining(["agent.updated", "task.queued", "task.ended", "runtime.updated"]),
    );
  });

  it("INV-109 a list of people that is not in force shows them nothing", async () => {
    const { alice } = queue.test;
    const agentId = places[0]?.["agentId"] as AgentId;
    await alice.call(agents.setAccess, {
      workspace,
      agentId,
      access: "owner_only",
      allowedMemberIds: [listed.userId],
    });
    const { to } = await listed.call(changes.poll, { workspace, after: 0 });
    await alice.call(agents.update, { workspace, agentId, description: "Changed" });
    const after = await listed.call(changes.poll, { workspace, after: to });
    expect(after.items).toEqual([]);
    expect(after.to).toBe(to + 1);
    await expect(listed.call(agents.get, { workspace, agentId })).rejects.toMatchObject({
      reason: "agent.not_found",
    });
    const seen = await readEverything(listed.token);
    expect(leaksIn(seen, [...ofAgent, ...ofRuns])).toEqual([]);
  });
});

/** Reads by GET, and those that need a body. Waiting polls are asked not to wait. */
function isRead(route: Route, index: number): boolean {
  if (route.access === "daemon" || route.access === "instance_admin") return false;
  // Lists do not depend on the place.
  if (index > 0 && !route.path.slice("/api/w/:workspace".length).includes(":")) return false;
  return route.method === "GET" || ["issues.board", "issues.preview"].includes(route.name);
}

function requestFor(route: Route, place: Placed, token: string): Request {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => place[name] ?? "missing");
  const url = new URL(`http://headcount.test${path}`);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  if (route.method !== "GET") {
    const body = route.name === "issues.preview" ? { issue: place["issue"], status: "todo" } : {};
    return new Request(url, { method: route.method, headers, body: JSON.stringify(body) });
  }
  const known = Object.keys(route.input.shape).filter((name) => !route.path.includes(`:${name}`));
  for (const name of ["after", "owner"].filter((wanted) => known.includes(wanted))) {
    if (route.name !== "tasks.transcript") url.searchParams.set(name, place[name] ?? "");
  }
  return new Request(url, { headers });
}
