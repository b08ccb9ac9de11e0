import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sumCounts } from "../../core/usage-counts.ts";
import { hasOpenCopilotTurn, readCopilotEvents } from "./read-copilot-events.ts";

/** Events of sessions that Copilot 1.0.102 wrote; what says nothing of calls is left out. */
function recorded(name: string): string {
  const file = new URL(`../../../fixtures/session-files/copilot-${name}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8");
}

/** What the model server served in the first call of each of these sessions. */
const firstCall = {
  input: 1009,
  cacheRead: 211,
  cacheWrite5m: 307,
  cacheWrite1h: 0,
  output: 53,
  reasoning: 0,
};

describe("events of Copilot's sessions", () => {
  it.each(["cancel-in-reply", "error-401"])("%s: books the call that was served", (name) => {
    const calls = readCopilotEvents(recorded(name), 0);
    expect(calls.map(({ role, reading }) => [role, reading.model])).toEqual([
      ["main", "fake-large"],
    ]);
    expect(sumCounts(calls.map(({ reading }) => reading.counts))).toEqual(firstCall);
  });

  it("gives every call an id of its own", () => {
    const ids = readCopilotEvents(recorded("cut-once"), 0).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it("leaves earlier runs of the session out", () => {
    const later = Date.parse("2027-01-01T00:00:00Z");
    expect(readCopilotEvents(recorded("cut-once"), later)).toEqual([]);
    expect(hasOpenCopilotTurn(recorded("cancel-in-reply"), later)).toBeNull();
  });

  it.each([
    ["cancel-in-reply", true],
    ["error-401", false],
    ["cut-once", false],
  ])("%s: knows whether a reply broke off (%s)", (name, expected) => {
    expect(hasOpenCopilotTurn(recorded(name), 0)).toBe(expected);
  });

  it("tells a subagent's calls from the main ones", () => {
    const usage = { model: "m", inputTokens: 10, outputTokens: 2, parentToolCallId: "call-1" };
    const event = {
      type: "session.usage_record",
      id: "e-1",
      timestamp: "2026-11-21T10:00:00Z",
      data: { usage },
    };
    const [call] = readCopilotEvents(JSON.stringify(event), 0);
    expect(call).toMatchObject({ id: "e-1", role: "subagent" });
  });
});
