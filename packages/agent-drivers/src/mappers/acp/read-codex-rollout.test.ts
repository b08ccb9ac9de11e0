import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sumCounts } from "../../core/usage-counts.ts";
import { readCodexRollout } from "./read-codex-rollout.ts";

const folder = new URL("../../../fixtures/transcripts/codex-acp/", import.meta.url);
const rollout = readFileSync(new URL("../../session-files/codex-acp-resume.jsonl", folder), "utf8");
const sumOf = (sinceMs: number): object =>
  sumCounts(readCodexRollout(rollout, sinceMs).map(({ reading }) => reading.counts));

function served(name: string): Record<string, number> {
  return JSON.parse(readFileSync(new URL(`${name}.meta.json`, folder), "utf8")).served_by_model[
    "fake-large"
  ];
}

/** This bridge's Codex counts cache writes as plain input. */
function expected(...runs: readonly Record<string, number>[]): object {
  const sum = (key: string): number => runs.reduce((total, run) => total + (run[key] ?? 0), 0);
  return {
    input: sum("input") + sum("cacheWrite"),
    cacheRead: sum("cacheRead"),
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: sum("output"),
    reasoning: sum("reasoning"),
  };
}

describe("a rollout file of two runs of one session behind codex-acp 0.16.0", () => {
  it("adds up to what was served, and a resumed run is counted once", () => {
    const times = rollout.split("\n").filter((line) => line.includes('"turn_context"'));
    const secondRunMs = Date.parse(JSON.parse(times[1] ?? "{}").timestamp);
    expect(sumOf(0)).toEqual(expected(served("resume-1"), served("resume-2")));
    expect(sumOf(secondRunMs)).toEqual(expected(served("resume-2")));
    expect(readCodexRollout(rollout, 0)[0]?.reading.model).toBe("fake-large");
  });

  it("takes a repeated total for the repetition it is", () => {
    const counts = rollout.split("\n").filter((line) => line.includes('"token_count"'));
    const repeated = `${rollout}\n${counts.at(-1) ?? ""}`;
    expect(readCodexRollout(repeated, 0)).toEqual(readCodexRollout(rollout, 0));
  });
});
