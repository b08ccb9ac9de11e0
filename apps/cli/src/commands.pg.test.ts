import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { openOwnerConnection } from "@headcount/server/platform/database";
import { addRuntime } from "@headcount/server/testing/add-runtime";
import type { TestApp } from "@headcount/server/testing/test-app";
import { displayWidth } from "./output/display-width.ts";
import { watchWrites, type WriteWatch } from "./testing/silent-writes.fixture.ts";
import { FakeMachine, type RunResult, type RunSettings } from "./testing/fake-io.fixture.ts";
import { replyTo, runLine, shownBy } from "./testing/run-line.fixture.ts";
import { createServedMachine, type ServedMachine } from "./testing/served-machine.fixture.ts";

describe("the command line against a server", () => {
  let served: ServedMachine;
  let app: TestApp;
  let machine: FakeMachine;
  let writes: WriteWatch;
  const run = (line: string, settings?: RunSettings): Promise<RunResult> =>
    runLine(machine, line, settings);
  const json = (line: string, settings?: RunSettings): Promise<Record<string, unknown>> =>
    replyTo(machine, line, settings);
  const done = (line: string, settings?: RunSettings): Promise<string> =>
    shownBy(machine, line, settings);

  /** As if the task had been tried once and waited for its next attempt. */
  const defer = async (taskId: string): Promise<void> => {
    const sql = openOwnerConnection(app.databaseUrl);
    await sql`update tasks set status = 'deferred', fire_reason = 'retry',
      fire_at = ${new Date(app.now().getTime() + 3_600_000)} where id = ${taskId}`;
    await sql.end({ timeout: 2 });
  };

  beforeAll(async () => {
    served = await createServedMachine();
    ({ app, machine } = served);
    writes = await watchWrites(app.databaseUrl);
  });
  afterAll(() => served[Symbol.asyncDispose]());

  test("signs in from standard input, keeps the token to itself, and out again", async () => {
    await using other = await FakeMachine.make({ HEADCOUNT_SERVER_URL: served.listener.url });
    const login = await other.run(["login", "--token-stdin"], { stdin: `${app.bob.token}\n` });
    expect(login).toMatchObject({ code: 0 });
    expect(login.stdout).toContain("Signed in");
    const status = await other.run(["auth", "status", "--output", "json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ as: "person", name: "Bob" });
    const shown = await other.run(["config", "show"]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ signedIn: true, workspace: "acme" });
    expect(shown.stdout + status.stdout + login.stderr).not.toContain(app.bob.token);
    const wrong = await other.run(["auth", "status"], {
      environment: { HEADCOUNT_PAT: "hcp_not_a_token" },
    });
    expect(wrong.code).toBe(3);
  });

  test("an issue from its creation to the trash and back", async () => {
    const created = await json(
      'issue create --title "修复登录页面" --description "a\\nb" --priority high',
    );
    expect(created).toMatchObject({
      issue: { title: "修复登录页面", description: "a\nb", priority: "high", status: "todo" },
      triggers: [],
    });
    const { key } = created["issue"] as { key: string };
    expect(await json(`issue get ${key.toLowerCase()}`)).toMatchObject({ key });
    expect(await done(`issue status ${key} in-progress`)).toBe(`${key} is in_progress.\n`);
    expect(await done(`issue assign ${key} --to bob`)).toBe(`${key} is assigned to Bob.\n`);
    expect(await json(`issue update ${key} --title New --priority low`)).toMatchObject({
      issue: { title: "New", priority: "low", assignee: { name: "Bob" } },
    });
    expect(await done(`issue assign ${key} --unassign`)).toBe(`${key} is assigned to nobody.\n`);
    expect(await done(`issue move ${key} --status done --bottom`)).toContain("(done)");
    expect(await done(`issue timeline ${key}`)).toContain("status changed");
    expect((await run(`issue delete ${key}`)).code).toBe(5);
    expect(await done(`issue delete ${key} --yes`)).toContain("restored until");
    expect(await done("issue trash")).toContain(key);
    expect(await json(`issue get ${key}`)).toMatchObject({ deletedAt: expect.any(String) });
    expect((await run("issue get NONE-1")).code).toBe(4);
    expect(await done(`issue restore ${key}`)).toContain("is back");
  });

  test("the same title twice is a conflict that says how to go on", async () => {
    await json("issue create --title Twice");
    const again = await run("issue create --title Twice");
    expect(again.code).toBe(6);
    expect(again.stderr).toContain("--allow-duplicate");
    await json("issue create --title Twice --allow-duplicate");
  });

  test("lists filter, go on by cursor and fit a terminal of 80 columns", async () => {
    for (const number of [1, 2, 3]) {
      await json(
        `issue create --title "Listed ${number} ${"很长的标题".repeat(20)}" --assignee me`,
      );
    }
    const shown = await run("issue list --open --assignee me --text Listed --limit 2", {
      columns: 80,
      environment: { NO_COLOR: "1" },
    });
    const lines = shown.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(Math.max(...lines.map((line) => displayWidth(line)))).toBeLessThanOrEqual(80);
    const cursor = /--cursor (\S+)/.exec(shown.stderr)?.[1] ?? "";
    const rest = await json(`issue list --open --assignee me --text Listed --cursor ${cursor}`);
    expect(rest["items"]).toHaveLength(1);
    expect(await done('issue search "Listed 2"')).toContain("Listed 2");
    expect(await json("issue list --assignee none --status todo,done")).toHaveProperty("items");
    expect((await run("issue list --assignee Nobody")).code).toBe(4);
  });

  test("comments in threads, read whole, in one line each, and by thread", async () => {
    const { issue } = (await json("issue create --title Talk")) as { issue: { key: string } };
    const root = (await json(`issue comment add ${issue.key} --content-stdin`, {
      stdin: "first line\nsecond line\n",
    })) as { comment: { id: string } };
    const reply = (await json(
      `issue comment add ${issue.key} --content Answer --parent ${root.comment.id}`,
    )) as { comment: { id: string; threadId: string } };
    expect(reply.comment.threadId).toBe(root.comment.id);
    const listed = await done(`issue comment list ${issue.key}`);
    expect(listed).toContain("  first line\n  second line\n");
    expect(listed).toContain(`answers ${root.comment.id}`);
    expect((await done(`issue comment list ${issue.key} --summary`)).split("\n")).toHaveLength(4);
    expect((await json(`issue comment list ${issue.key} --tail 1`))["items"]).toHaveLength(1);
    await done(`issue comment resolve ${root.comment.id}`);
    await done(`issue comment unresolve ${root.comment.id}`);
    expect(await done(`issue comment edit ${reply.comment.id} --content Changed`)).toContain(
      "Changed",
    );
    expect(await done(`issue comment delete ${root.comment.id} --yes`)).toBe(
      "Comments deleted: 2.\n",
    );
  });

  test("projects with their repositories", async () => {
    await json("project create --title Website --repository https://h.example/web#next");
    expect(await json("project get website")).toMatchObject({
      repositories: [{ url: "https://h.example/web", ref: "next" }],
    });
    await json("project update Website --title Site --without-repositories");
    expect(await done("project list")).toContain("Site");
    await json("issue create --title Inside --project site");
    expect(await json("issue list --project site")).toMatchObject({ items: [{ title: "Inside" }] });
    expect(await done("project delete site --yes")).toBe("Site was deleted.\n");
  });

  test("an agent: made, given work, asked why it waits, cancelled, archived", async () => {
    await addRuntime(app, { ownerId: app.alice.userId, machineName: "laptop" });
    const runtimes = (await json("runtime list")) as { items: { id: string }[] };
    const runtime = runtimes.items[0]?.id ?? "";
    await json(`agent create --name Ada --runtime ${runtime} --max-tasks 2 --model default`);
    expect(await done("agent list")).toContain("Ada");
    expect(await json("agent update ada --instructions Careful")).toMatchObject({
      instructions: "Careful",
    });
    expect(await done("agent access set Ada --access allow_list --allow Bob")).toContain(
      "(1 members)",
    );
    expect(await json("agent access get Ada")).toMatchObject({ access: "allow_list" });
    await done("agent env set Ada --variables-stdin", { stdin: "# note\nKEY='a b'\n" });
    expect(await json("agent env get Ada")).toEqual({ variables: { KEY: "a b" } });
    const servers = { mcpServers: { notes: { command: "notes-server", env: { KEY: "c" } } } };
    await done("agent mcp set Ada --servers-stdin", { stdin: JSON.stringify(servers) });
    expect(await json("agent mcp get Ada")).toEqual(servers);
    expect(await json("agent get Ada")).toMatchObject({ mcpServerNames: ["notes"] });
    expect(await json("agent mcp set Ada --of-machine")).toEqual({ mcpServerNames: null });
    const created = (await json("issue create --title Work --assignee Ada")) as {
      issue: { key: string };
      triggers: { effect: string; taskId: string }[];
    };
    expect(created.triggers).toMatchObject([{ effect: "queued" }]);
    const taskId = created.triggers[0]?.taskId ?? "";
    expect(await done("task list --status queued --agent Ada")).toContain(created.issue.key);
    expect(await json(`task get ${taskId}`)).toMatchObject({ status: "queued" });
    expect(await done(`task why ${taskId}`)).toContain("The task is queued");
    expect((await run(`task run-now ${taskId}`)).code).toBe(6);
    await defer(taskId);
    expect(await done(`task why ${taskId}`)).toContain("Run it now.");
    expect(await done(`task run-now ${taskId}`)).toContain("(queued)");
    expect(await done(`task cancel ${taskId}`)).toContain("cancelled");
    expect((await run(`task cancel ${taskId}`)).code).toBe(6);
    const continued = await run(`task continue ${taskId}`);
    expect([continued.code, continued.stderr]).toEqual([6, expect.stringContaining("stopped")]);
    expect(await json(`task transcript ${taskId}`)).toMatchObject({ items: [] });
    const followed = await run(`task transcript ${taskId} --follow`);
    expect(followed).toMatchObject({ code: 0, stdout: "" });
    expect(followed.stderr).toContain("The task has ended: cancelled.");
    expect(await done(`issue usage ${created.issue.key}`)).toContain("total");
    expect(await done("agent tasks Ada")).toContain(created.issue.key);
    expect(await done("agent archive Ada --yes")).toContain("archived");
    expect((await app.alice.call(agents.list, { workspace: "acme" })).items).toEqual([]);
    expect(await done("agent restore Ada")).toContain("is back");
  });

  test("a machine that is gone hands everything to another one", async () => {
    const ownerId = app.alice.userId;
    const lastSeenAt = new Date(app.now().getTime() - 3_600_000);
    const gone = await addRuntime(app, { ownerId, machineName: "old-box", lastSeenAt });
    const next = await addRuntime(app, { ownerId, machineName: "new-box" });
    await json(`agent create --name Mover --runtime ${gone.id}`);
    expect((await run(`runtime repoint ${next.id} ${gone.id} --yes`)).code).toBe(6);
    const moved = await done(`runtime repoint ${gone.id} ${next.id} --yes`);
    expect(moved).toBe("Moved. Agents: 1; tasks: 0.\n");
    expect(await json("agent get Mover")).toMatchObject({ runtimeId: next.id });
  });

  test("usage by day and the comparison with the ledger", async () => {
    expect(await json("usage daily --days 3 --tz Asia/Kathmandu")).toHaveProperty("total");
    expect(await json("usage verify")).toMatchObject({ ledgerEvents: 0, differences: [] });
  });

  test("workspaces and their people", async () => {
    expect(await json("workspace get")).toMatchObject({ slug: "acme" });
    expect(await json('workspace create --name "Other Place"')).toMatchObject({
      slug: "other-place",
    });
    expect((await run("issue list")).stderr).toContain("workspace switch");
    await done("workspace switch acme");
    expect(await done("issue list --status backlog")).toBe("");
    expect(await json('workspace update --context "Be kind."')).toMatchObject({
      context: "Be kind.",
    });
    expect(await done("member list")).toContain("bob@example.test");
    const invite = await run("member invite eve@example.test --role admin");
    expect(invite.stdout).toMatch(/^http\S+\/join/);
    const asBob = { environment: { HEADCOUNT_PAT: app.bob.token } };
    expect((await run("member invite x@example.test", asBob)).code).toBe(3);
    expect(await done("member remove bob@example.test --yes")).toBe("Bob was removed.\n");
  });

  test("the web is opened by a one-time link", async () => {
    expect(await json("open --print")).toMatchObject({ url: expect.stringContaining("/link#") });
  });

  test("INV-29 whatever people see tells of its change in the transaction that writes it", async () => {
    expect(await writes.told()).toBeGreaterThan(30);
    const tellsNobody = {
      audit_entries: "somebody has looked at secrets",
      instance_audit_entries: "of no workspace",
      one_time_links: "a person's own",
      personal_tokens: "a person's own",
      "daemon_liveness daemons runtimes": "put there by this test, past the product",
      tasks: "put off by this test, past the product",
    };
    expect(await writes.silent()).toEqual(Object.keys(tellsNobody).toSorted());
  });
});
