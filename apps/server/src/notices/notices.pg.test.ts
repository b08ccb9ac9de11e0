import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentId } from "@headcount/contract/kit/ids";
import { notices } from "@headcount/contract/notices/routes";
import { runaway } from "@headcount/contract/runaway/routes";
import { patientMs } from "@headcount/testkit/patience";
import { holdAgent } from "../runaway/hold-agent.ts";
import { asSystem } from "../testing/as-system.ts";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";

type Received = { headers: IncomingHttpHeaders; body: string };
const dayMs = 24 * 60 * 60_000;

describe("notices", () => {
  const received: Received[] = [];
  let status = 200;
  const receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status, status === 302 ? { location: "http://169.254.169.254/" } : {});
      response.end();
    });
  });
  let url: string;
  let queue: QueueTest;
  beforeAll(async () => {
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });
  afterAll(() => receiver.close());
  beforeEach(async () => {
    queue = await createQueueTest({ importHosts: [new URL(url).host] });
    received.length = 0;
    status = 200;
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  const inbox = (person = queue.test.alice, unread = false) =>
    person.call(notices.list, { workspace, unread });
  const setWebhook = (input: object = {}) =>
    queue.test.alice.call(notices.setWebhook, { workspace, url, ...input });
  const send = () => queue.test.app.noticeSender.sendDue(queue.test.workspaceId);
  const deliveries = async () =>
    (await queue.test.alice.call(notices.deliveries, { workspace })).items;

  const hold = (agent: { id: AgentId; name: string }) =>
    asSystem(queue.test, (ctx) =>
      holdAgent(
        ctx,
        { ...agent, releasedAt: null },
        {
          finding: { kind: "trigger_storm", tasks: 12, onOneIssue: true },
          issueId: null,
        },
      ),
    );

  it("tell the admins and whom it concerns, each for themselves, and are read one by one", async () => {
    const { bob, alice } = queue.test;
    const carol = await queue.test.addPerson("Carol");
    const agent = await queue.agent("Ada");
    await queue.rows(
      (sql) => sql`update agents set owner_id = ${bob.userId} where id = ${agent.id} returning id`,
    );
    await hold(agent);
    expect((await inbox(carol)).items).toEqual([]);
    const [toAlice, toBob] = [await inbox(alice), await inbox(bob)];
    expect([toAlice.unread, toBob.unread]).toEqual([1, 1]);
    expect(only(toBob.items)).toMatchObject({
      type: "agent_held",
      severity: "action_required",
      subject: { kind: "agent", id: agent.id },
      title: "Ada is held",
      body: expect.stringContaining("12 times on one issue"),
    });
    const ids = toBob.items.map((item) => item.id);
    expect(await bob.call(notices.read, { workspace, ids })).toEqual({ unread: 0 });
    expect(await alice.call(notices.read, { workspace, ids })).toEqual({ unread: 1 });
    expect((await inbox(bob, true)).items).toEqual([]);
    expect(await bob.call(notices.read, { workspace, read: false })).toEqual({ unread: 1 });
  });

  it("are no inbox for agents", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Work", agent.id);
    const task = only(await queue.machine.claim());
    await expect(queue.test.callAs(task.token, notices.list, { workspace })).rejects.toMatchObject({
      reason: "human_required",
    });
  });

  it("are sent, signed, with the transaction that makes them", async () => {
    const { secret } = await setWebhook();
    const agent = await queue.agent("Ada");
    await hold(agent);
    await send();
    const { headers, body } = only(received);
    const [, seconds, digest] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["headcount-signature"])) ?? [];
    const expected = createHmac("sha256", String(secret)).update(`${seconds}.${body}`);
    expect(digest).toBe(expected.digest("hex"));
    expect(JSON.parse(body)).toMatchObject({
      id: headers["headcount-delivery"],
      type: "agent_held",
      subject: { id: agent.id },
    });
    expect(only(await deliveries())).toMatchObject({ state: "delivered", status: 200, tries: 1 });
    await send();
    expect(received).toHaveLength(1);
    expect((await setWebhook()).secret).toBeNull();
    expect((await setWebhook({ newSecret: true })).secret).not.toBe(secret);
  });

  it("name no agent that is closed to somebody in the workspace", async () => {
    await setWebhook();
    await hold(await queue.agent("Secret Ada", { access: "owner_only" }));
    await send();
    expect(only(received).body).not.toContain("Secret Ada");
  });

  it(
    "are tried eight times within a day, then given up, and can be sent again",
    { timeout: patientMs(60_000) },
    async () => {
      await setWebhook();
      status = 500;
      await queue.test.alice.call(notices.testWebhook, { workspace });
      for (let hour = 0; hour < 24; hour += 1) {
        for (let minute = 0; minute < 4; minute += 1) {
          await send();
          queue.test.advance(15 * 60_000);
        }
      }
      const failed = only(await deliveries());
      expect(failed).toMatchObject({ state: "failed", tries: 8, status: 500, nextTryAt: null });
      expect(received).toHaveLength(8);
      status = 204;
      const { alice } = queue.test;
      const again = await alice.call(notices.replay, { workspace, deliveryId: failed.id });
      await send();
      expect((await deliveries()).find((item) => item.id === again.id)?.state).toBe("delivered");
    },
  );

  it("are sent nowhere any more after three days without an answer, until a person looks", async () => {
    await setWebhook();
    status = 503;
    await queue.test.alice.call(notices.testWebhook, { workspace });
    await send();
    queue.test.advance(3 * dayMs);
    await send();
    const { webhook } = await queue.test.alice.call(notices.webhook, { workspace });
    expect(webhook).toMatchObject({
      enabled: false,
      disabledReason: expect.stringContaining("three days"),
    });
    expect((await setWebhook()).webhook).toMatchObject({ enabled: true, disabledReason: null });
  });

  it("INV-92 reach no address that only this server can reach, not by redirect either", async () => {
    for (const closed of [
      "http://127.0.0.1:1/x",
      "https://10.0.0.1/",
      "https://[::1]/",
      "https://169.254.169.254/",
    ]) {
      await expect(setWebhook({ url: closed })).rejects.toMatchObject({
        reason: "webhook.address_refused",
      });
    }
    await setWebhook();
    status = 302;
    await queue.test.alice.call(notices.testWebhook, { workspace });
    await send();
    expect(only(await deliveries())).toMatchObject({ state: "waiting", status: 302 });
    expect(received).toHaveLength(1);
  });

  it("only admins say where they go", async () => {
    const { bob } = queue.test;
    await expect(bob.call(notices.setWebhook, { workspace, url })).rejects.toMatchObject({
      reason: "role_required",
    });
    await expect(bob.call(notices.deliveries, { workspace })).rejects.toMatchObject({
      reason: "role_required",
    });
  });

  it("a hold is told once, however often the guard looks", async () => {
    const agent = await queue.agent("Ada");
    await hold(agent);
    await hold(agent);
    expect((await inbox()).items).toHaveLength(1);
    await queue.test.alice.call(runaway.release, { workspace, agentId: agent.id });
  });
});
