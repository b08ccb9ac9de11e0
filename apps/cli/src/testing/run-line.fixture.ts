import { expect } from "vitest";
import type { FakeMachine, RunResult, RunSettings } from "./fake-io.fixture.ts";

/** Runs a line as a person types it; words in double quotes stay together. */
export function runLine(
  machine: FakeMachine,
  line: string,
  settings?: RunSettings,
): Promise<RunResult> {
  const words = line.match(/"[^"]*"|\S+/g) ?? [];
  return machine.run(
    words.map((word) => word.replaceAll('"', "")),
    settings,
  );
}

/** Runs a line that has to succeed, and returns what it shows. */
export async function shownBy(
  machine: FakeMachine,
  line: string,
  settings?: RunSettings,
): Promise<string> {
  const result = await runLine(machine, line, settings);
  expect([line, result.code, result.stderr]).toEqual([line, 0, expect.any(String)]);
  return result.stdout;
}

/** Runs a line that has to succeed without a word beside its reply, and returns the reply. */
export async function replyTo(
  machine: FakeMachine,
  line: string,
  settings?: RunSettings,
): Promise<Record<string, unknown>> {
  const result = await runLine(machine, `${line} --output json`, settings);
  expect([line, result.code, result.stderr]).toEqual([line, 0, ""]);
  return JSON.parse(result.stdout) as Record<string, unknown>;
}
