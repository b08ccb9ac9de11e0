import { describe, expect, it } from "vitest";
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
