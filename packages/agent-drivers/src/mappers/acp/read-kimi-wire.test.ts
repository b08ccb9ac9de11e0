import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sumCounts } from "../../core/usage-counts.ts";
import { readKimiWire } from "./read-kimi-wire.ts";

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
