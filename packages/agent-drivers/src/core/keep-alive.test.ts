import { describe, expect, it } from "vitest";
import { isKeepAlive } from "./keep-alive.ts";

describe("lines that only say that a program lives", () => {
  it.each([
    '{"type":"keep_alive"}',
    '{"type":"stream_event","event":{"type":"ping"}}',
    '{"type": "server.heartbeat", "properties": {}}',
    '{"jsonrpc":"2.0","method":"$/ping"}',
    '{"jsonrpc":"2.0","method":"notifications/keepAlive","params":{}}',
  ])("knows %s", (line) => expect(isKeepAlive(line)).toBe(true));

  it.each([
    '{"type":"text","text":"the ping took 20 ms"}',
    '{"type":"tool_use","name":"ping"}',
    '{"type":"mapping"}',
    '{"type":"system","subtype":"api_retry","attempt":1}',
    '{"method":"error","params":{"willRetry":true}}',
    `{"type":"ping","text":"${"x".repeat(500)}"}`,
    "ping",
  ])("takes %s for work", (line) => expect(isKeepAlive(line)).toBe(false));
});
