import { expect, test } from "vitest";
import { describeState, describeWatchdog } from "./task-state.ts";

const now = new Date("2026-03-01T12:00:00Z");

test("a running agent that is silent for too long says so, with its open tool", () => {
  const task = { status: "running", stalledSince: null, toolOpen: true } as const;
  expect(describeState(task, now)).toBe("running");
  const stalledSince = "2026-03-01T11:45:30Z";
  expect(describeState({ ...task, stalledSince }, now)).toBe(
    "running, silent for 14m 30s, tool open",
  );
  expect(describeState({ ...task, stalledSince, toolOpen: false }, now)).toBe(
    "running, silent for 14m 30s",
  );
});

test("a limit that ended a run is named", () => {
  expect(describeWatchdog(null)).toBeNull();
  expect(describeWatchdog({ name: "silent_tool", limitMs: 7_200_000 })).toBe(
    "silence in a tool (2h 00m)",
  );
});
