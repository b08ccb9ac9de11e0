import { daemon } from "@headcount/contract/daemon/routes";
import { newId, type TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import { changes } from "@headcount/contract/realtime/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import { makeClient } from "./make-client.ts";
import { withRetry } from "./retry.ts";
import { ScriptedServer } from "./scripted-server.fixture.ts";

const page = { items: [], nextCursor: null };

test("fills path parameters and puts the rest of a GET into the query, lists joined by commas", async () => {
  await using server = await ScriptedServer.start();
  server.answer = () => ({ body: page });
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test", token: "hcp_1" });
  await client.call(tasks.list, { workspace: "a b/c", status: ["queued", "running"], limit: 5 });
  const [request] = server.requests;
  expect(request?.url.pathname).toBe("/api/w/a%20b%2Fc/tasks");
  expect(request?.url.search).toBe("?status=queued%2Crunning&limit=5");
  expect(request?.headers.authorization).toBe("Bearer hcp_1");
  expect(request?.headers["x-client-platform"]).toBe("test");
});

test("sends the rest of a write as JSON with its idempotency key and CSRF token", async () => {
  await using server = await ScriptedServer.start();
  server.answer = () => ({ body: {} });
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test", csrfToken: () => "c1" });
  const taskId = newId<TaskId>();
  await client.call(
    daemon.giveBack,
    { taskId, workspaceId: newId<WorkspaceId>(), lease: 3, reason: "runtime_offline" },
    { idempotencyKey: "once" },
  );
  const [request] = server.requests;
  expect(request?.url.pathname).toBe(`/api/daemon/tasks/${taskId}/give-back`);
  expect(request?.body).toMatchObject({ lease: 3, reason: "runtime_offline" });
  expect(request?.body).not.toHaveProperty("taskId");
  expect(request?.headers["idempotency-key"]).toBe("once");
  expect(request?.headers["x-csrf-token"]).toBe("c1");
});

test("INV-99 unknown fields and unknown words in replies are tolerated, a wrong shape is not", async () => {
  await using server = await ScriptedServer.start();
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test" });
  const taskId = newId<TaskId>();
  server.answer = () => ({
    body: { items: [{ taskId, state: "hibernate" }], later: true },
  });
  const reply = await client.call(daemon.collectable, { items: [] });
  expect(reply.items[0]?.state).toBe("hibernate");

  server.answer = () => ({ body: { cursor: 7, extra: "x" } });
  expect(await client.call(changes.cursor, { workspace: "w" })).toEqual({ cursor: 7 });

  server.answer = () => ({ body: { cursor: "seven" } });
  await expect(client.call(changes.cursor, { workspace: "w" })).rejects.toMatchObject({
    code: "internal",
    reason: "contract_mismatch",
  });
});

test("errors carry code, reason, request id and the wait the server asks for", async () => {
  await using server = await ScriptedServer.start();
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test" });
  server.answer = () => ({
    status: 409,
    body: {
      code: "conflict",
      reason: "lease_lost",
      message: "gone",
      requestId: "r1",
      retryAfterMs: 5,
    },
  });
  const error = await client
    .call(changes.cursor, { workspace: "w" })
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    reason: "lease_lost",
    status: 409,
    requestId: "r1",
    retryAfterMs: 5,
  });

  server.answer = () => ({ status: 502, body: "<html>", headers: { "retry-after": "2" } });
  await expect(client.call(changes.cursor, { workspace: "w" })).rejects.toMatchObject({
    code: "unavailable",
    reason: "http_502",
    retryAfterMs: 2_000,
  });
});

test("no answer is `unavailable` with reason `network`; an abort keeps its own reason", async () => {
  const server = await ScriptedServer.start();
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test" });
  const abort = new AbortController();
  server.answer = () => {
    abort.abort(new Error("changed my mind"));
    return new Promise(() => {});
  };
  await expect(
    client.call(changes.cursor, { workspace: "w" }, { signal: abort.signal }),
  ).rejects.toThrow("changed my mind");
  await server[Symbol.asyncDispose]();
  await expect(client.call(changes.cursor, { workspace: "w" })).rejects.toMatchObject({
    code: "unavailable",
    reason: "network",
    status: 0,
  });
});

test("reads are retried after passing failures; writes only with an idempotency key", async () => {
  await using server = await ScriptedServer.start();
  const plain = makeClient({ baseUrl: server.baseUrl, clientName: "test" });
  const client = withRetry(plain, { attempts: 3, baseMs: 1, maxMs: 2 });
  const failTwice = (): void => {
    let left = 2;
    server.requests.length = 0;
    server.answer = () => (left-- > 0 ? { status: 503 } : { body: { cursor: 1 } });
  };
  failTwice();
  await client.call(changes.cursor, { workspace: "w" });
  expect(server.requests).toHaveLength(3);

  failTwice();
  await expect(client.call(daemon.deregister, { reason: "x" })).rejects.toBeInstanceOf(ApiError);
  expect(server.requests).toHaveLength(1);

  failTwice();
  await client.call(daemon.deregister, { reason: "x" }, { idempotencyKey: "k" });
  expect(server.requests).toHaveLength(3);
});
