import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sumCounts } from "../../core/usage-counts.ts";
import { hasOpenKimiRequest, readKimiFailure, readKimiWire } from "./read-kimi-wire.ts";

const record = (time: unknown, output: number): string =>
  JSON.stringify({
    type: "usage.record",
    time,
    model: "k2",
    usage: { inputOther: 10, output, inputCacheRead: 3, inputCacheCreation: 2 },
  });

describe("readKimiWire", () => {
  it("takes records of this run only, whatever way their time is written", () => {
    const sinceMs = Date.parse("2026-03-01T10:00:00Z");
    const text = [
      record(sinceMs - 1, 1),
      '{"type":"message","time":0}',
      record(sinceMs + 1, 2),
      record((sinceMs + 2000) / 1000, 3),
      record("2026-03-01T10:00:03Z", 4),
      record(null, 5),
      '{"type":"usage.record","time":',
    ].join("\n");
    const found = readKimiWire(text, sinceMs);
    expect(found.map(({ line, reading }) => [line, reading.counts.output])).toEqual([
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    expect(found[0]?.reading).toMatchObject({
      model: "k2",
      counts: { input: 10, cacheRead: 3, cacheWrite5m: 2, cacheWrite1h: 0, reasoning: 0 },
    });
  });
});

const runStartMs = Date.parse("2026-03-01T10:00:00Z");

/** Lines as Kimi 2.1.0 writes them, one a millisecond. */
function wire(startMs: number, records: readonly Readonly<Record<string, unknown>>[]): string {
  return records.map((line, at) => JSON.stringify({ ...line, time: startMs + at })).join("\n");
}

const request = { type: "llm.request", model: "k2" };
const figures = { type: "usage.record", model: "k2", usage: { inputOther: 10, output: 2 } };
const lost = { type: "turn.step.retrying", errorMessage: "terminated" };
const slowDown = { type: "turn.step.retrying", errorMessage: "429 Slow down." };
const noKey = {
  type: "turn.step.interrupted",
  reason: "error",
  message: "[provider.auth_error] 401 invalid api key",
};
const zeros = { ...figures, usage: { inputOther: 0, output: 0 } };
const stopped = { type: "turn.step.interrupted", reason: "aborted" };

describe("hasOpenKimiRequest", () => {
  it.each([
    ["every reply came", [request, figures, request, figures], false],
    ["refusals cost nothing", [request, slowDown, request, figures, request, noKey], false],
    [
      "a cut reply that was asked for again",
      [request, figures, request, lost, request, figures],
      true,
    ],
    ["a reply that was stopped", [request, figures, request, stopped], true],
    ["a record of zeros after a stop", [request, figures, request, stopped, zeros], true],
    ["a request and then nothing", [request], true],
    ["no request is on record", [figures], null],
  ])("%s", (_name, lines, expected) => {
    expect(hasOpenKimiRequest(wire(runStartMs, lines), runStartMs)).toBe(expected);
  });

  it("leaves earlier runs of the session out", () => {
    const earlier = wire(runStartMs - 60_000, [request]);
    const text = `${earlier}\n${wire(runStartMs, [request, figures])}`;
    expect(hasOpenKimiRequest(text, runStartMs)).toBe(false);
  });
});

describe("readKimiFailure", () => {
  const failed = { type: "turn.ended", reason: "failed", error: { message: "500 Internal" } };
  const completed = { type: "turn.ended", reason: "completed" };

  it.each([
    ["the last turn failed", [completed, failed], "500 Internal"],
    ["an earlier turn failed", [failed, completed], null],
    ["no turn has ended", [request], null],
    ["it failed without words", [{ ...failed, error: null }], "Kimi's turn failed."],
  ])("%s", (_name, lines, expected) => {
    expect(readKimiFailure(wire(runStartMs, lines), runStartMs)).toBe(expected);
  });

  it("leaves earlier runs of the session out", () => {
    expect(readKimiFailure(wire(runStartMs - 60_000, [failed]), runStartMs)).toBeNull();
  });
});

describe("a session file that Kimi 2.1.0 wrote", () => {
  it("adds up to what was served", () => {
    const file = new URL("../../../fixtures/session-files/kimi-success.jsonl", import.meta.url);
    const counts = sumCounts(
      readKimiWire(readFileSync(file, "utf8"), 0).map(({ reading }) => reading.counts),
    );
    const meta = new URL(
      "../../../fixtures/transcripts/kimi-acp/success.meta.json",
      import.meta.url,
    );
    const served = JSON.parse(readFileSync(meta, "utf8")).served_by_model["fake-large"];
    // Its provider spoke the OpenAI protocol, which counts cache writes as plain input.
    expect(counts).toMatchObject({
      input: served.input + served.cacheWrite,
      cacheRead: served.cacheRead,
      cacheWrite5m: 0,
      output: served.output,
    });
  });
});
