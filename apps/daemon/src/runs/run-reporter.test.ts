import type { RunItem } from "@headcount/agent-drivers/core/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordContent } from "../outbox/outbox-entry.ts";
import { cutText, splitText } from "./cut-text.ts";
import { RunReporter } from "./run-reporter.ts";
import { redactorOfRun } from "./run-secrets.ts";

const secret = "canary-secret-value-7f3a";

function report(items: readonly RunItem[]): RecordContent[] {
  const records: RecordContent[] = [];
  const reporter = new RunReporter({
    append: (content) => records.push(content),
    redactor: redactorOfRun({
      token: secret,
      agentEnvironment: { SOMETHING: "agent-variable-value" },
      daemonEnvironment: { HOME: "/home/ada", CLOUD_API_KEY: "from-the-daemon-1" },
    }),
    workDirectory: "/w",
    log: () => {},
    onSession: () => {},
    onFirstTool: () => {},
  });
  for (const item of items) reporter.accept(item);
  reporter.finish();
  return records;
}

const textOf = (records: readonly RecordContent[]): string =>
  records.map((record) => (record.kind === "transcript" ? record.body.content : "")).join("");

test("INV-83 a secret is removed however its text is cut into pieces", () => {
  const text = `the token ${secret} is in ${secret}, agent-variable-value and from-the-daemon-1`;
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const items = at.slice(1).map((end, index): RunItem => {
        return { type: "text", text: text.slice(at[index], end) };
      });
      const shown = textOf(report(items));
      expect(shown).toBe("the token [redacted] is in [redacted], [redacted] and [redacted]");
    }),
  );
});

test("INV-62 INV-83 inputs, results, errors and status lines are redacted; homes become ~", () => {
  const shown = JSON.stringify(
    report([
      { type: "tool_use", callId: "1", tool: "Bash", input: { [secret]: [`echo ${secret}`] } },
      { type: "tool_result", callId: "1", output: `/home/ada/x ${secret}`, isError: false },
      { type: "error", message: `bad ${secret}` },
      { type: "status", text: `retry ${secret}`, sessionId: "s1" },
    ]),
  );
  expect(shown).not.toContain(secret);
  expect(shown).toContain("~/x");
});

test("neighbouring text of one kind is one row; kinds and tools part it", () => {
  const records = report([
    { type: "text", text: "a" },
    { type: "text", text: "b" },
    { type: "thinking", text: "c" },
    { type: "text", text: "d", subagent: true },
    { type: "tool_use", callId: "1", tool: "Read", input: { file_path: "x.ts" } },
    { type: "text", text: "e" },
  ]);
  const rows = records.flatMap((record) => (record.kind === "transcript" ? [record.body] : []));
  expect(rows.map((row) => [row.seq, row.type, row.content])).toEqual([
    [0, "text", "ab"],
    [1, "thinking", "c"],
    [2, "text", "d"],
    [3, "tool_use", ""],
    [4, "text", "e"],
  ]);
});

test("a corrected call gets a higher revision, a grown total none, a repeated figure is not sent", () => {
  const usage = (key: "call" | "total", output: number): RunItem => ({
    type: "usage",
    usage: {
      key,
      cumulative: key === "total",
      source: "test",
      model: "m",
      provider: null,
      role: "main",
      input: 1,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output,
      reasoning: 0,
      reportedCostUsd: null,
      reportedCostBasis: null,
      raw: { output },
    },
  });
  const seen = [usage("call", 1), usage("call", 1), usage("call", 5)];
  const records = report([...seen, usage("total", 1), usage("total", 1), usage("total", 5)]);
  expect(
    records.map((record) =>
      record.kind === "usage" ? [record.body.key, record.body.output, record.body.revision] : [],
    ),
  ).toEqual([
    ["call", 1, 0],
    ["call", 5, 1],
    ["total", 1, 0],
    ["total", 5, 0],
  ]);
});

test("long texts are cut or split between characters, with their size", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "é", "漢", "😀", "\ud800"), { maxLength: 60 }),
      fc.integer({ min: 8, max: 40 }),
      (characters, max) => {
        const text = characters.join("").toWellFormed();
        const cut = cutText(text, max);
        expect(Buffer.byteLength(cut.text)).toBeLessThanOrEqual(max);
        expect(text.startsWith(cut.text)).toBe(true);
        expect(splitText(text, max).join("")).toBe(text);
      },
    ),
  );
  const [row] = report([
    { type: "tool_result", callId: "1", output: "x".repeat(20_000), isError: false },
  ]);
  expect(row?.kind === "transcript" && row.body).toMatchObject({ originalBytes: 20_000 });
  expect(row?.kind === "transcript" && row.body.content.length).toBe(8 * 1024);
});

test("what an agent does now is told once for a burst of tools, not for each of them", () => {
  const items = Array.from({ length: 20 }, (_, index): RunItem => {
    return { type: "tool_use", callId: `t${index}`, tool: "Bash", input: { command: "make" } };
  });
  const kinds = report(items).map((record) => record.kind);
  expect(kinds.filter((kind) => kind === "transcript")).toHaveLength(20);
  expect(kinds.filter((kind) => kind === "progress")).toHaveLength(1);
});
