import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sumCounts } from "../../core/usage-counts.ts";
import { readGeminiChat, readGeminiOutputs } from "./read-gemini-chat.ts";
import { unrecordedRest } from "./unrecorded-rest.ts";

const folder = new URL("../../../fixtures/transcripts/gemini-acp/", import.meta.url);
const chat = readFileSync(new URL("../../session-files/gemini-success.jsonl", folder), "utf8");
const served = JSON.parse(readFileSync(new URL("success.meta.json", folder), "utf8"))
  .served_by_model["gemini-2.5-pro"];

describe("a chat file that Gemini CLI 0.61.0 wrote", () => {
  it("adds up to what was served, thinking and cache reads included", () => {
    const calls = readGeminiChat(chat, 0);
    expect(calls.map(({ reading }) => reading.model)).toEqual(["gemini-2.5-pro", "gemini-2.5-pro"]);
    expect(sumCounts(calls.map(({ reading }) => reading.counts))).toEqual({
      // Its protocol has no count of cache writes.
      input: served.input + served.cacheWrite,
      cacheRead: served.cacheRead,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output: served.output,
      reasoning: served.reasoning,
    });
  });

  it("leaves earlier runs of the session out", () => {
    const [first, second] = readGeminiChat(chat, 0);
    const times = [...chat.matchAll(/"timestamp":"([^"]+)","type":"gemini"[^\n]*"tokens"/g)].map(
      ([, time]) => Date.parse(time ?? ""),
    );
    expect(readGeminiChat(chat, (times[0] ?? 0) + 1)).toEqual([second]);
    expect(readGeminiChat(chat, times[0] ?? 0)).toEqual([first, second]);
  });
});

describe("readGeminiOutputs", () => {
  const call = (id: string, response: object): object => ({
    id,
    name: "run_shell_command",
    result: [{ functionResponse: { id, name: "run_shell_command", response } }],
    status: "success",
  });
  const line = (toolCalls: readonly object[]): string =>
    JSON.stringify({ id: "m-1", type: "gemini", content: "", toolCalls });

  it("finds what tools gave back, without the warning around it, and why they failed", () => {
    const output =
      "<untrusted_context>\nOutput: a.txt\nProcess Group PGID: 7\n</untrusted_context>";
    const text = [
      '{"sessionId":"s-1"}',
      line([call("shell__1", { output }), call("shell__2", { error: "No such file" })]),
      line([call("shell__3", {})]),
      '{"toolCalls": [ torn',
    ].join("\n");
    expect(readGeminiOutputs(text)).toEqual([
      { callId: "shell__1", output: "Output: a.txt\nProcess Group PGID: 7" },
      { callId: "shell__2", output: "No such file" },
    ]);
  });
});

describe("unrecordedRest", () => {
  const counts = {
    input: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: 0,
    reasoning: 0,
  };

  it("is what was reported beyond the calls on record", () => {
    const recorded = [{ ...counts, input: 80, cacheRead: 20, output: 15, reasoning: 5 }];
    const reported = { ...counts, input: 130, output: 17 };
    expect(unrecordedRest(reported, recorded)).toEqual({ ...counts, input: 30, output: 7 });
  });

  it("is nothing when the calls explain everything, or more", () => {
    const recorded = [{ ...counts, input: 80, cacheRead: 20, output: 15, reasoning: 5 }];
    expect(unrecordedRest({ ...counts, input: 90, output: 10 }, recorded)).toEqual(counts);
  });
});
