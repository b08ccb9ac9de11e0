import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { allRoutes } from "@headcount/contract/routes";
import { invitations, members } from "@headcount/contract/members/routes";
import { projects } from "@headcount/contract/projects/routes";
import { auth } from "@headcount/contract/users/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { only } from "../tasks/queue.fixture.ts";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";
import { createTestMachine } from "../testing/test-machine.ts";
import { openOwnerConnection } from "./database.ts";

const origin = "http://headcount.test";
const workspace = "acme";

describe("the doors of the server", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const fetchFrom = async (
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: unknown; ip?: string },
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> => {
    const request = new Request(`${origin}${path}`, {
      method: init.method ?? "GET",
      headers: { "content-type": "application/json", ...init.headers },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const socket = { remoteAddress: init.ip ?? "198.51.100.1" };
    const reply = await test.app.api.fetch(request, { incoming: { socket } });
    return {
      status: reply.status,
      body: (await reply.json()) as Record<string, unknown>,
      headers: reply.headers,
    };
  };
  const bearer = (person: TestPerson) => ({ authorization: `Bearer ${person.token}` });
  const dump = async (table: string): Promise<string> => {
    const sql = openOwnerConnection(test.databaseUrl);
    const [row] = await sql<{ text: string }[]>`
      select coalesce(string_agg(t::text, ' '), '') as text from ${sql(table)} t`;
    await sql.end({ timeout: 2 });
    return row?.text ?? "";
  };

  it("lets no page of another origin sign a browser in", async () => {
    const { url } = await test.alice.call(auth.mintSignInLink, {});
    const secret = url.split("#")[1];
    const link = { method: "POST", body: { secret }, ip: "198.51.100.10" };
    const foreign = await fetchFrom(auth.link.path, {
      ...link,
      headers: { origin: "https://evil.example" },
    });
    expect(foreign).toMatchObject({ status: 403, body: { reason: "csrf" } });
    expect(foreign.headers.get("set-cookie")).toBeNull();
    const own = await fetchFrom(auth.link.path, { ...link, headers: { origin } });
    expect(own.status).toBe(200);
    expect(own.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Strict/);
  });

  it.each([
    ["owner link", auth.setup.path, { secret: "x".repeat(43), name: "Eve", email: "eve@x.test" }],
    ["sign-in link", auth.link.path, { secret: "x".repeat(43) }],
    ["join code", `/api/join/hci_${crypto.randomUUID()}_${"x".repeat(43)}`, {}],
  ])("counts guesses per network: %s, also when they come at once", async (_, path, body) => {
    // What a header says about the address is the client's own word.
    const guess = (ip: string) =>
      fetchFrom(path, {
        method: "POST",
        body,
        ip,
        headers: { "x-forwarded-for": ip.split(".").toReversed().join(".") },
      });
    const first = await Promise.all(
      Array.from({ length: 30 }, (_unused, place) => guess(`203.0.113.${place}`)),
    );
    const refused = first.filter((reply) => reply.status === 429);
    expect(refused).toHaveLength(10);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await guess("192.0.2.1")).status).not.toBe(429);
    test.advance(61_000);
    expect((await guess("203.0.113.1")).status).not.toBe(429);
  });

  it("takes a browser's writes only with its session's anti-forgery token, on every route", async () => {
    const { url } = await test.alice.call(auth.mintSignInLink, {});
    const signedIn = await fetchFrom(auth.link.path, {
      method: "POST",
      body: { secret: url.split("#")[1] },
    });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const csrfToken = String(signedIn.body["csrfToken"]);
    for (const route of allRoutes.filter((candidate) => candidate.method !== "GET")) {
      for (const headers of [
        { cookie },
        { cookie, "x-csrf-token": "wrong", origin },
        { cookie, "x-csrf-token": csrfToken, origin: "https://evil.example" },
      ]) {
        const init = route.method === "DELETE" ? {} : { body: {} };
        const path = route.path.replaceAll(/:\w+/g, crypto.randomUUID());
        const reply = await fetchFrom(path, { method: route.method, headers, ...init });
        expect([route.name, reply.status, reply.body["reason"]]).toEqual([route.name, 403, "csrf"]);
      }
    }
    const mine = { cookie, "x-csrf-token": csrfToken, origin };
    const body = { name: "Alice again" };
    expect((await fetchFrom("/api/me", { method: "PATCH", headers: mine, body })).status).toBe(200);
  });

  it("does not count attempts that succeed", async () => {
    const { url } = await test.alice.call(invitations.create, {
      workspace,
      email: "x@y.test",
      role: "member",
    });
    const path = `/api/join/${url.slice(url.lastIndexOf("/") + 1)}`;
    for (let round = 0; round < 25; round += 1) {
      expect((await fetchFrom(path, { ip: "198.51.100.20" })).status).toBe(200);
    }
  });

  it("INV-119 stores a repeatable reply without the secret in it, and repeats it", async () => {
    const invite = () =>
      fetchFrom("/api/w/acme/invitations", {
        method: "POST",
        headers: { ...bearer(test.alice), "idempotency-key": "invite" },
        body: { email: "canary@example.test", role: "member" },
      });
    const first = await invite();
    const code = String(first.body["url"]).slice(-43);
    expect(code).toMatch(/^[\w-]{43}$/);
    expect((await invite()).body).toEqual(first.body);
    expect(await dump("idempotency_keys")).not.toContain(code);
  });

  it("INV-119 keeps networks and not addresses of people", async () => {
    const { url } = await test.alice.call(auth.mintSignInLink, {});
    const body = { secret: url.split("#")[1] };
    await fetchFrom(auth.link.path, { method: "POST", body, ip: "198.51.100.77" });
    const entries = await dump("instance_audit_entries");
    expect(entries).toContain("198.51.100.0/24");
    expect(entries).not.toContain("198.51.100.77");
  });

  it("tells strangers nothing about a workspace, however wrong they ask", async () => {
    const eve = await test.addPerson("Eve");
    const secret = await test.alice.call(workspaces.create, { name: "Secret", slug: "secret" });
    for (const name of ["secret", secret.id, "missing", crypto.randomUUID()]) {
      for (const body of [{ title: "T" }, { nonsense: 1 }]) {
        const reply = await fetchFrom(`/api/w/${name}/issues`, {
          method: "POST",
          headers: bearer(eve),
          body,
        });
        expect([name, reply.status, reply.body["reason"], reply.body["message"]]).toEqual([
          name,
          404,
          "workspace.not_found",
          "No such workspace.",
        ]);
      }
    }
  });

  it("refuses made-up cursors and values that cannot be stored", async () => {
    const { issue } = await test.alice.call(issues.create, { workspace, title: "Looked at" });
    const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const places = [
      {},
      [],
      null,
      { id: "x" },
      { id: 5 },
      { at: "never", id: crypto.randomUUID() },
      { ended: 7, id: crypto.randomUUID() },
      { value: "\u0000", id: crypto.randomUUID() },
      { orderKey: "\u0000", id: crypto.randomUUID() },
    ];
    const lists = [
      "issues",
      "tasks",
      "trash",
      `issues/${issue.key}/timeline`,
      `issues/${issue.key}/tasks`,
    ];
    for (const list of lists) {
      for (const place of places) {
        const path = `/api/w/acme/${list}?cursor=${cursorOf(place)}`;
        const reply = await fetchFrom(path, { headers: bearer(test.alice) });
        // The list of tasks goes by ids alone, so a valid one is a place in it.
        const isPlace = list === "tasks" && /"id":"[0-9a-f]{8}-/.test(JSON.stringify(place));
        expect([path, reply.status]).toEqual([path, isPlace ? 200 : 422]);
      }
    }
    for (const place of places) {
      const reply = await fetchFrom("/api/w/acme/issues/board", {
        method: "POST",
        headers: bearer(test.alice),
        body: { after: [{ status: "todo", cursor: cursorOf(place) }] },
      });
      expect([place, reply.status]).toEqual([place, 422]);
    }
    for (const path of ["issues?text=%00", "issues/ACME-99999999999999999999"]) {
      const reply = await fetchFrom(`/api/w/acme/${path}`, { headers: bearer(test.alice) });
      expect([404, 422]).toContain(reply.status);
    }
  });
});

describe("a run's token", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("opens nothing to others and makes no projects", async () => {
    const machine = await createTestMachine(test, test.alice);
    const { token } = await runFor(test, machine, test.alice);
    const refused = expect.objectContaining({ reason: "human_required" });
    const as = test.callAs;
    await expect(
      as(token, agents.create, { workspace, name: "Open", access: "workspace" }),
    ).rejects.toEqual(refused);
    await expect(
      as(token, agents.create, { workspace, name: "List", allowedMemberIds: [test.bob.userId] }),
    ).rejects.toEqual(refused);
    await expect(as(token, projects.create, { workspace, title: "P" })).rejects.toEqual(refused);
    const own = await as(token, agents.create, { workspace, name: "Own" });
    expect(own).toMatchObject({ access: "owner_only", owner: { id: test.alice.userId } });
  });

  it("opens none of the routes that are for people, admins, owners or machines", async () => {
    const machine = await createTestMachine(test, test.alice);
    const { token } = await runFor(test, machine, test.alice);
    const closed = allRoutes.filter((route) => !["member", "public"].includes(route.access));
    expect(closed.length).toBeGreaterThan(40);
    for (const route of closed) {
      const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
        name === "workspace" ? workspace : crypto.randomUUID(),
      );
      const reply = await test.app.api.fetch(
        new Request(`${origin}${path}`, {
          method: route.method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          ...(["GET", "DELETE"].includes(route.method) ? {} : { body: "{}" }),
        }),
      );
      const { reason } = (await reply.json()) as { reason: string };
      expect([route.name, reply.status, reason]).toEqual([route.name, 403, "human_required"]);
    }
  });

  it("ends with its run, and opens no other workspace", async () => {
    const machine = await createTestMachine(test, test.alice);
    const elsewhere = await test.alice.call(workspaces.create, { name: "Other", slug: "other" });
    const task = await runFor(test, machine, test.alice);
    const ask = (name: string) => test.callAs(task.token, workspaces.get, { workspace: name });
    expect(await ask(workspace)).toMatchObject({ slug: workspace });
    for (const name of ["other", elsewhere.id]) {
      await expect(ask(name)).rejects.toMatchObject({ reason: "workspace.not_found" });
    }
    await machine.finish(task);
    await expect(ask(workspace)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("ends when the person behind the run leaves, or may not come in any more", async () => {
    const machine = await createTestMachine(test, test.alice);
    const eve = await test.addPerson("Eve");
    const ask = (token: string) => test.callAs(token, workspaces.get, { workspace });
    const first = await runFor(test, machine, eve);
    const second = await runFor(test, machine, test.bob);
    await test.alice.call(members.remove, { workspace, memberId: eve.userId });
    await expect(ask(first.token)).rejects.toMatchObject({ code: "unauthenticated" });
    await test.app.database
      .pool`update users set disabled_at = now() where id = ${test.bob.userId}`;
    await expect(ask(second.token)).rejects.toMatchObject({ reason: "originator_unknown" });
    await test.app.database.pool`update users set disabled_at = null where id = ${test.bob.userId}`;
  });

  it("INV-45 repeats no reply that another person's run of the same agent got", async () => {
    const machine = await createTestMachine(test, test.alice);
    const agent = await sharedAgent(test, machine);
    const first = await runFor(test, machine, test.alice, agent);
    const second = await runFor(test, machine, test.bob, agent);
    const create = async (token: string): Promise<unknown> => {
      const reply = await test.app.api.fetch(
        new Request(`${origin}/api/w/acme/issues`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            "idempotency-key": "same",
          },
          body: JSON.stringify({ title: "Once for each", allowDuplicate: true }),
        }),
      );
      const { issue } = (await reply.json()) as { issue: { id: string } };
      return issue.id;
    };
    const mine = await create(first.token);
    expect(await create(first.token)).toBe(mine);
    expect(await create(second.token)).not.toBe(mine);
  });
});

type Machine = Awaited<ReturnType<typeof createTestMachine>>;

let agentsMade = 0;
async function sharedAgent(test: TestApp, machine: Machine): Promise<string> {
  const { id } = await test.alice.call(agents.create, {
    workspace,
    name: `Shared ${(agentsMade += 1)}`,
    access: "workspace",
    runtimeId: machine.runtimeId,
  });
  return id;
}

/** A run of a shared agent of alice that this person has started. */
async function runFor(test: TestApp, machine: Machine, person: TestPerson, known?: string) {
  const id = known ?? (await sharedAgent(test, machine));
  await person.call(issues.create, {
    workspace,
    title: `Work for ${person.name} by ${id}`,
    assignee: { type: "agent", id },
  });
  const task = only(await machine.claim());
  await machine.start(task);
  return task;
}
