import { expect, test } from "vitest";
import { createReadingReport } from "@headcount/session-files/reading-report";
import { createProgress } from "./progress.ts";

function makeIo(isTerminal: boolean, environment: Record<string, string> = {}) {
  const written: string[] = [];
  const output = { isTerminal, columns: 60, write: (text: string) => void written.push(text) };
  return { io: { stdout: output, stderr: output, environment }, written };
}

test("a terminal gets one line that never wraps, and none of it in the end", () => {
  const { io, written } = makeIo(true, { LANG: "C.UTF-8" });
  const progress = createProgress(io, 2_000_000);
  const report = createReadingReport();
  report.readBytes = 500;
  progress.begin("Claude Code", 1_000_000, report);
  expect(written).toHaveLength(1);
  expect(written[0]?.startsWith("\r\u{1B}[K")).toBe(true);
  expect(written[0]).toContain("  0% Reading Claude Code: 0 B of");
  expect(written[0]?.length).toBeLessThan(60 + 5);
  progress.end();
  expect(written.at(-1)).toBe("\r\u{1B}[K");
});

test("it speaks the person's language", () => {
  const { io, written } = makeIo(true, { LANG: "zh_CN.UTF-8" });
  const progress = createProgress(io, 1_000);
  progress.begin("Codex", 1_000, createReadingReport());
  progress.end();
  expect(written[0]).toContain("正在读取 Codex");
});

test("pipes and files get nothing", () => {
  const { io, written } = makeIo(false);
  const progress = createProgress(io, 1_000);
  progress.begin("Codex", 1_000, createReadingReport());
  progress.end();
  expect(written).toEqual([]);
});
