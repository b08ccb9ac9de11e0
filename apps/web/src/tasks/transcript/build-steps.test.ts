import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildSteps, emptyStepLog, extendSteps, objectOf } from "./build-steps.ts";
import { editOf, linesOfEdit } from "./edit-of.ts";

function row(seq: number, changes: Partial<TranscriptRow>): TranscriptRow {
  return {
    lease: 1,
    seq,
    type: "text",
    tool: null,
    callId: null,
    content: "",
    input: null,
    originalBytes: null,
    isError: false,
    isSubagent: false,
    late: false,
    at: new Date(Date.UTC(2026, 0, 1, 10, 0, seq)).toISOString(),
    ...changes,
  };
}

test("a tool's call and result are one step, also when others come between", () => {
  const steps = buildSteps([
    row(0, { type: "tool_use", tool: "Bash", callId: "a", input: { command: "npm test" } }),
    row(1, { type: "tool_use", tool: "Read", callId: "b", input: { file_path: "x.ts" } }),
    row(2, { type: "tool_result", tool: "Read", callId: "b", content: "text" }),
    row(5, { type: "tool_result", tool: "Bash", callId: "a", content: "FAIL", isError: true }),
  ]);
  expect(steps.map(({ object, durationMs, isError }) => [object, durationMs, isError])).toEqual([
    ["npm test", 5000, true],
    ["x.ts", 1000, false],
  ]);
});

test("the same call id in a later lease is another call", () => {
  const steps = buildSteps([
    row(0, { type: "tool_use", callId: "a", input: { command: "one" } }),
    row(0, { lease: 2, type: "tool_result", callId: "a", content: "orphan" }),
  ]);
  expect(steps).toHaveLength(2);
  expect(steps[0]?.result).toBeNull();
  expect(steps[1]?.object).toBe("orphan");
});

test("a running call has neither result nor duration", () => {
  const [step] = buildSteps([row(0, { type: "tool_use", callId: "a", input: { command: "x" } })]);
  expect(step).toMatchObject({ result: null, durationMs: null, kind: "tool" });
});

test.each([
  [{ command: "npm test\nmore" }, "npm test"],
  [{ command: ["bash", "-lc", "ls"] }, "bash -lc ls"],
  [{ n: 1, anything: "text" }, "text"],
  ["plain", "plain"],
  [null, ""],
  [{ n: 1 }, ""],
])("the object of %j is %s", (input, expected) => {
  expect(objectOf(input)).toBe(expected);
});

test("an edit keeps common lines as context and shows the rest as taken away and put in", () => {
  expect(linesOfEdit("a\nb\nc", "a\nx\ny\nc").map(({ sign, text }) => sign + text)).toEqual([
    " a",
    "-b",
    "+x",
    "+y",
    " c",
  ]);
  expect(linesOfEdit("", "new").map(({ sign }) => sign)).toEqual(["+"]);
  expect(linesOfEdit("same", "same").map(({ sign }) => sign)).toEqual([" "]);
});

test("edits are recognised by their fields, and other inputs are none", () => {
  expect(editOf({ old_string: "a", new_string: "b" })).toHaveLength(2);
  expect(editOf({ file_path: "x", content: "1\n2" })).toHaveLength(2);
  expect(editOf({ command: "ls" })).toBeNull();
  expect(editOf(null)).toBeNull();
});

test("steps come out the same whether rows arrive at once or in any portions", () => {
  const rows = Array.from({ length: 40 }, (_, seq) =>
    row(seq, {
      type: seq % 3 === 2 ? "tool_result" : "tool_use",
      callId: String(Math.floor(seq / 3)),
      input: { command: `step ${seq}` },
      content: `result ${seq}`,
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 40 }),
      (sizes) => {
        let log = emptyStepLog;
        let at = 0;
        for (const size of sizes) {
          log = extendSteps(log, rows.slice(at, at + size));
          at += size;
        }
        expect(log.steps).toEqual(buildSteps(rows));
      },
    ),
  );
});
