import { describe, expect, it, vi } from "vitest";
import {
  createJsonRpcPeer,
  JsonRpcError,
  methodNotFound,
  type JsonRpcPeer,
} from "./json-rpc-peer.ts";

function peerWith(onRequest: (method: string, params: unknown) => unknown = () => null): {
  peer: JsonRpcPeer;
  sent: unknown[];
  notified: [string, unknown][];
} {
  const sent: unknown[] = [];
  const notified: [string, unknown][] = [];
  const peer = createJsonRpcPeer({
    send: (line) => sent.push(JSON.parse(line)),
    onNotification: (method, params) => notified.push([method, params]),
    onRequest,
  });
  return { peer, sent, notified };
}

describe("JSON-RPC peer", () => {
  it("matches answers to requests in any order, with or without the version member", async () => {
    const { peer, sent } = peerWith();
    const first = peer.request("one", { a: 1 }, 1000);
    const second = peer.request("two", {}, 1000);
    peer.accept({ id: 1, result: "second" });
    peer.accept({ jsonrpc: "2.0", id: 0, result: "first" });
    expect(await Promise.all([first, second])).toEqual(["first", "second"]);
    expect(sent[0]).toEqual({ jsonrpc: "2.0", id: 0, method: "one", params: { a: 1 } });
  });

  it("rejects with the code of an error answer", async () => {
    const { peer } = peerWith();
    const reply = peer.request("resume", {}, 1000);
    peer.accept({ id: 0, error: { code: -32600, message: "no rollout", data: { x: 1 } } });
    await expect(reply).rejects.toMatchObject({
      code: -32600,
      message: "no rollout",
      data: { x: 1 },
    });
  });

  it("delivers notifications and answers requests of the other side", async () => {
    const { peer, sent, notified } = peerWith((method) => ({ answered: method }));
    peer.accept({ method: "warning", params: { text: "x" } });
    peer.accept({ id: "q1", method: "approve", params: {} });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(notified).toEqual([["warning", { text: "x" }]]);
    expect(sent[0]).toEqual({ jsonrpc: "2.0", id: "q1", result: { answered: "approve" } });
  });

  it("turns a refusal into an error answer", async () => {
    const { peer, sent } = peerWith(() => {
      throw new JsonRpcError(methodNotFound, "nobody is here");
    });
    peer.accept({ id: 7, method: "ask" });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ id: 7, error: { code: -32601, message: "nobody is here" } });
  });

  it("gives up on a request after its limit, and on all when closed", async () => {
    const { peer, sent } = peerWith();
    await expect(peer.request("slow", {}, 1)).rejects.toThrow("no answer to slow within 0.001 s");
    const waiting = peer.request("later", {}, 60_000);
    peer.close("gone");
    await expect(waiting).rejects.toThrow("gone");
    await expect(peer.request("after", {}, 1000)).rejects.toThrow("gone");
    expect(sent).toHaveLength(2);
  });

  it("leaves alone what is no message, and late answers", () => {
    const { peer } = peerWith();
    expect(peer.accept("noise")).toBe(false);
    expect(peer.accept({ type: "log" })).toBe(false);
    expect(peer.accept({ id: 99, result: 1 })).toBe(true);
  });
});
