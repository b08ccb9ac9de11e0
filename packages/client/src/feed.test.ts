import { waitFor } from "@headcount/testkit/wait-for";
import { newId } from "@headcount/contract/kit/ids";
import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { Feed, type FeedTimings } from "./feed.ts";
import { mergePerEntity } from "./feed-stream.ts";
import { makeClient } from "./make-client.ts";
import { ScriptedServer } from "./scripted-server.fixture.ts";

const fast: Partial<FeedTimings> = {
  reconnect: { baseMs: 5, maxMs: 20, jitter: 0.2 },
  pollAfterMs: 5_000,
  upgradeEveryMs: 30,
  connectMs: 2_000,
  pingMs: 30,
  pongMs: 30,
  mergeMs: 1,
};
const workspaceId = newId();
const stream = `workspace:${workspaceId}`;

function change(seq: number, entityId = `e${seq}`): ChangeItem {
  return {
    seq,
    at: "2026-01-01T00:00:00.000Z",
    type: "issue.updated",
    entity: { kind: "issue", id: entityId, revision: seq },
    actor: { type: "system", id: null },
    changed: [`field${seq}`],
    data: {},
  };
}

/** A log of `length` changes behind a socket that answers `sub` with everything after the cursor. */
function serveLog(server: ScriptedServer, log: { length: number }): void {
  server.onSocket = (socket: WebSocket) => {
    socket.send(JSON.stringify({ type: "ready", contract: 1, serverVersion: "0" }));
    socket.on("message", (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as { type: string; after?: string };
      if (frame.type === "ping") socket.send(JSON.stringify({ type: "pong" }));
      if (frame.type !== "sub") return;
      socket.send(JSON.stringify(page(log, Number(frame.after))));
      socket.send(JSON.stringify({ type: "ack", stream, cursor: String(log.length) }));
    });
  };
  server.answer = ({ url }) => {
    const { from, to, items } = page(log, Number(url.searchParams.get("after")));
    const body = {
      from: Number(from),
      to: Number(to),
      items,
      remaining: 0,
      snapshotRequired: null,
    };
    return new Promise((resolve) => setTimeout(() => resolve({ body }), items.length > 0 ? 0 : 10));
  };
}

function page(
  log: { length: number },
  after: number,
): Record<string, unknown> & {
  from: string;
  to: string;
  items: ChangeItem[];
} {
  const items = Array.from({ length: log.length - after }, (_, index) => change(after + index + 1));
  return {
    type: "changes",
    stream,
    from: String(after),
    to: String(log.length),
    items,
    remaining: 0,
  };
}

function follow(server: ScriptedServer): { feed: Feed; seen: number[] } {
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test" });
  const feed = new Feed({ baseUrl: server.baseUrl, client, timings: fast });
  const seen: number[] = [];
  feed.subscribe(stream, "0", {
    onChanges: (items) => seen.push(...items.map((item) => item.seq)),
  });
  feed.start();
  return { feed, seen };
}

const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

test("INV-72 a lost socket is resumed from the cursor and yields every change once", async () => {
  await using server = await ScriptedServer.start();
  const log = { length: 3 };
  serveLog(server, log);
  const { feed, seen } = follow(server);
  await waitFor(() => seen.length === 3, { describe: "the first page" });
  await waitFor(() => feed.state.kind === "live", { describe: "live" });
  log.length = 8;
  server.sockets.at(-1)?.terminate();
  await waitFor(() => seen.length === 8, { describe: "the missed changes" });
  expect(seen).toEqual(upTo(8));
  feed.stop();
});

test("INV-127 refused upgrades end in polling with the state degraded, and back to live", async () => {
  await using server = await ScriptedServer.start();
  const log = { length: 2 };
  serveLog(server, log);
  server.acceptUpgrades = false;
  const { feed, seen } = follow(server);
  const states: string[] = [];
  feed.onState((state) => states.push(state.kind));
  await waitFor(() => feed.state.kind === "degraded", { describe: "degraded" });
  log.length = 5;
  await waitFor(() => seen.length === 5, { describe: "polled changes" });
  server.acceptUpgrades = true;
  await waitFor(() => feed.state.kind === "live", { describe: "live again" });
  log.length = 6;
  server.sockets.at(-1)?.terminate();
  await waitFor(() => seen.length === 6, { describe: "the last change" });
  expect(seen).toEqual(upTo(6));
  expect(states).toContain("degraded");
  feed.stop();
});

test("a half-open socket is found by a missing pong", async () => {
  await using server = await ScriptedServer.start();
  let opened = 0;
  server.onSocket = (socket) => {
    opened += 1;
    socket.send(JSON.stringify({ type: "ready", contract: 1, serverVersion: "0" }));
  };
  const { feed } = follow(server);
  await waitFor(() => opened >= 2, { describe: "a second connection" });
  expect(feed.state.kind).not.toBe("degraded");
  feed.stop();
});

test("malformed frames and frames of unknown kinds are dropped", async () => {
  await using server = await ScriptedServer.start();
  const log = { length: 1 };
  serveLog(server, log);
  const serve = server.onSocket;
  server.onSocket = (socket) => {
    socket.send("{not json");
    socket.send(JSON.stringify({ type: "confetti" }));
    socket.send(JSON.stringify([1]));
    serve(socket);
  };
  const { feed, seen } = follow(server);
  await waitFor(() => seen.length === 1, { describe: "the change behind the odd frames" });
  expect(server.sockets).toHaveLength(1);
  feed.stop();
});

test("a snapshot request hands over the new cursor and the stream goes on from there", async () => {
  await using server = await ScriptedServer.start();
  server.onSocket = (socket) => {
    socket.send(JSON.stringify({ type: "ready", contract: 1, serverVersion: "0" }));
    socket.on("message", (data: Buffer) => {
      if (!data.toString().includes('"sub"')) return;
      socket.send(
        JSON.stringify({ type: "snapshot_required", stream, reason: "too_old", cursor: "90" }),
      );
      const tail = {
        type: "changes",
        stream,
        from: "90",
        to: "91",
        items: [change(91)],
        remaining: 0,
      };
      socket.send(JSON.stringify(tail));
    });
  };
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test" });
  const feed = new Feed({ baseUrl: server.baseUrl, client, timings: fast });
  const told: string[] = [];
  feed.subscribe(stream, "1", {
    onSnapshotRequired: (reason, cursor) => told.push(`${reason} ${cursor}`),
    onChanges: (items) => told.push(...items.map((item) => String(item.seq))),
  });
  feed.start();
  await waitFor(() => told.length === 2, { describe: "snapshot and next change" });
  expect(told).toEqual(["too_old 90", "91"]);
  feed.stop();
});

test("changes of one entity merge into the newest with all changed fields", () => {
  const merged = mergePerEntity([change(1, "a"), change(2, "b"), change(3, "a")]);
  expect(merged.map((item) => item.seq)).toEqual([2, 3]);
  expect(merged[1]?.changed).toEqual(["field1", "field3"]);
});

test("a task's rows arrive by polling too, each once; a stream that may not be read ends", async () => {
  await using server = await ScriptedServer.start();
  server.acceptUpgrades = false;
  const taskId = newId();
  const total = 7;
  let isForbidden = false;
  server.answer = ({ url }) => {
    if (isForbidden) {
      return {
        status: 404,
        body: { code: "not_found", reason: "task", message: "", requestId: "r" },
      };
    }
    const after = url.searchParams.get("after");
    const first = after === null ? 0 : Number(after.split(".")[1]) + 1;
    const seqs = Array.from({ length: Math.min(3, total - first) }, (_, index) => first + index);
    const last = seqs.at(-1);
    const items = seqs.map((seq) => transcriptRow(seq));
    const nextAfter = last === undefined ? null : `1.${last}`;
    return { body: { items, nextAfter, hasMore: first + items.length < total } };
  };
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "test" });
  const feed = new Feed({ baseUrl: server.baseUrl, client, timings: fast });
  const seen: number[] = [];
  const ended: string[] = [];
  feed.subscribe(`task:${workspaceId}:${taskId}`, "", {
    onRows: (items) => seen.push(...items.map((row) => row.seq)),
    onEnded: (code) => ended.push(code),
  });
  feed.start();
  await waitFor(() => seen.length === total, { describe: "all rows" });
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  isForbidden = true;
  await waitFor(() => ended.length === 1, { describe: "the end of the stream" });
  expect(ended).toEqual(["not_found"]);
  feed.stop();
});

test("a server that says goodbye is left for the time it asks for, then resumed", async () => {
  await using server = await ScriptedServer.start();
  const log = { length: 1 };
  serveLog(server, log);
  const { feed, seen } = follow(server);
  await waitFor(() => feed.state.kind === "live", { describe: "live" });
  log.length = 2;
  const bye = { type: "bye", reason: "restart", retryAfterMs: 20 };
  server.sockets.at(-1)?.send(JSON.stringify(bye));
  await waitFor(() => seen.length === 2, { describe: "the change behind the goodbye" });
  expect(server.sockets).toHaveLength(2);
  expect(seen).toEqual([1, 2]);
  feed.stop();
});

function transcriptRow(seq: number): Record<string, unknown> {
  return {
    lease: 1,
    seq,
    type: "text",
    tool: null,
    callId: null,
    content: `row ${seq}`,
    input: null,
    originalBytes: null,
    isError: false,
    isSubagent: false,
    late: false,
    at: "2026-01-01T00:00:00.000Z",
  };
}
