import { describe, expect, it } from "vitest";
import { antigravity } from "../clis/antigravity.ts";
import { command } from "../clis/command.ts";
import type { CliSpec } from "../core/cli-spec.ts";
import type { FinishedRun, StreamCause } from "../core/run-mapper.ts";

function run(
  spec: CliSpec,
  lines: readonly string[],
  end: { code?: number; cause?: StreamCause; log?: readonly string[] } = {},
): FinishedRun {
  const mapper = spec.createMapper({
    model: null,
    resumeSessionId: null,
    baseline: null,
    usage: spec.usage,
  });
  for (const line of lines) mapper.accept(line);
  mapper.acceptSessionFile?.((end.log ?? []).map((log) => ({ log })));
  return mapper.finish({
    cause: end.cause ?? "ended",
    exit: { code: end.code ?? 0, signal: null },
    stderr: "",
    error: null,
  });
}

describe("a plain command", () => {
  it("has succeeded when it exits with 0 and has said something", () => {
    const { result } = run(command, ["First.", "", "Second."]);
    expect(result).toMatchObject({ status: "completed", answer: "First.\n\nSecond." });
    expect(result.coverage).toEqual({
      level: "none",
      reason: "A plain command reports no token counts.",
    });
  });

  it.each([
    ["silence", [], {}],
    ["blank lines", ["", "  "], {}],
    ["another exit code", ["half"], { code: 3 }],
    ["a broken pipe", ["half"], { cause: "transport" as const }],
  ])("INV-20 has not succeeded after %s", (_name, lines, end) => {
    expect(run(command, lines, end).result).toMatchObject({ status: "failed", answer: "" });
  });

  it("is cancelled when it was stopped, whatever it said", () => {
    const { result } = run(command, ["half"], { cause: "cancelled" });
    expect(result).toMatchObject({ status: "cancelled", answer: "" });
  });
});

describe("Antigravity", () => {
  const id = "0a1b2c3d-0000-4000-8000-00000000abcd";

  it("names its session in its log", () => {
    const { result } = run(antigravity, ["Done."], { log: ["I0101 conversation created: " + id] });
    expect(result).toMatchObject({ status: "completed", answer: "Done.", sessionId: id });
  });

  it.each([
    ["Print mode: timed out after 300 polls", "agent_timeout"],
    ["agent executor error: 429 Too Many Requests", "provider_capacity_or_rate_limit"],
  ])("INV-20 fails on %j in spite of exit 0", (line, failureClass) => {
    const said = run(antigravity, ["Half.", line]);
    const logged = run(antigravity, ["Half."], { log: [line] });
    for (const { result } of [said, logged]) {
      expect(result).toMatchObject({ status: "failed", answer: "", failureClass });
    }
  });
});
