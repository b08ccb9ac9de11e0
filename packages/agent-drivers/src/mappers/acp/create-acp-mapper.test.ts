import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acpGeneric } from "../../clis/acp-generic.ts";
import { qwen } from "../../clis/qwen.ts";
import type { RunMapper } from "../../core/run-mapper.ts";

function mapper(spec = acpGeneric): RunMapper {
  return spec.createMapper({
    model: null,
    resumeSessionId: null,
    baseline: null,
    usage: spec.usage,
  });
}

const ended = { cause: "ended", exit: null, stderr: "", error: null } as const;
const line = (message: object): string => JSON.stringify({ jsonrpc: "2.0", ...message });
const opened = [
  line({ id: 0, result: { protocolVersion: 1 } }),
  line({ id: 1, result: { sessionId: "s-1" } }),
];

const kinds = fc.constantFrom(
  "agent_message_chunk",
  "agent_thought_chunk",
  "tool_call",
  "tool_call_update",
  "usage_update",
  "config_option_update",
  "plan",
);
const keys = fc.constantFrom(
  "toolCallId",
  "status",
  "rawInput",
  "rawOutput",
  "content",
  "title",
  "locations",
  "_meta",
  "messageId",
);
const oddUpdate = fc
  .tuple(kinds, fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 })))
  .map(([sessionUpdate, rest]) =>
    line({
      method: "session/update",
      params: { sessionId: "s-1", update: { ...rest, sessionUpdate } },
    }),
  );
const oddLine = fc.oneof(
  oddUpdate,
  fc.json(),
  fc.string(),
  fc.jsonValue().map((params) => line({ method: "session/update", params })),
  fc.jsonValue().map((params) => line({ id: 7, method: "session/request_permission", params })),
  fc.jsonValue().map((result) => line({ id: 3, result })),
);

describe("createAcpMapper", () => {
  it("INV-20 survives any lines, and takes none of them for a success", () => {
    fc.assert(
      fc.property(fc.constantFrom(acpGeneric, qwen), fc.array(oddLine), (spec, lines) => {
        const run = mapper(spec);
        for (const text of [...opened, ...lines]) run.accept(text);
        expect(run.finish(ended).result.status).not.toBe("completed");
      }),
      { numRuns: 300 },
    );
  });

  it("gives every tool result a tool use before it", () => {
    fc.assert(
      fc.property(fc.array(oddUpdate), (lines) => {
        const run = mapper();
        const items = [...opened, ...lines].flatMap((text) => run.accept(text));
        const started = new Set<string>();
        for (const item of items) {
          if (item.type === "tool_use") started.add(item.callId);
          expect(item.type !== "tool_result" || started.has(item.callId)).toBe(true);
        }
      }),
    );
  });

  it("opens a loaded session although the reply says nothing", () => {
    const run = mapper();
    const old = { sessionUpdate: "agent_message_chunk", content: { type: "text", text: "old" } };
    const fresh = { ...old, content: { type: "text", text: "new" } };
    const update = (body: object): string =>
      line({ method: "session/update", params: { sessionId: "s-9", update: body } });
    const lines = [opened[0] ?? "", update(old), line({ id: 1, result: null }), update(fresh)];
    const items = lines.flatMap((text) => run.accept(text));
    run.accept(line({ id: 2, result: { stopReason: "end_turn" } }));
    expect(items).toEqual([
      { type: "status", text: "Session started", sessionId: "s-9" },
      { type: "text", text: "new" },
    ]);
    expect(run.finish(ended).result).toMatchObject({
      status: "completed",
      answer: "new",
      sessionId: "s-9",
    });
  });

  it("lets a later reply stand when something before the prompt was refused", () => {
    const run = mapper();
    for (const text of opened) run.accept(text);
    run.accept(line({ id: 2, error: { code: -32601, message: "no modes here" } }));
    const chunk = { sessionUpdate: "agent_message_chunk", content: { type: "text", text: "ok" } };
    run.accept(line({ method: "session/update", params: { sessionId: "s-1", update: chunk } }));
    run.accept(line({ id: 3, result: { stopReason: "end_turn" } }));
    expect(run.finish(ended).result).toMatchObject({ status: "completed", answer: "ok" });
  });
});
