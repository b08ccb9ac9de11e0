import { describe, expect, it } from "vitest";
import { createCodexRollout } from "./codex-rollout.ts";

type Figures = {
  readonly input: number;
  readonly cached?: number;
  readonly output: number;
};

function usage({ input, cached = 0, output }: Figures): Record<string, number> {
  return {
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    reasoning_output_tokens: 1,
    total_tokens: input + output,
  };
}

const at = (second: number): string =>
  new Date(Date.parse("2025-09-01T10:00:00Z") + second * 1_000).toISOString();

function meta(second: number, id: string, forkedFrom?: string): object {
  const fork = forkedFrom === undefined ? {} : { forked_from_id: forkedFrom };
  const payload = { id, model_provider: "openai", source: "cli", ...fork };
  return { timestamp: at(second), type: "session_meta", payload };
}
function turn(second: number, model: string): object {
  return { timestamp: at(second), type: "turn_context", payload: { model } };
}
function total(second: number, sum: Figures, last: Figures, more: object = {}): object {
  const info = { total_token_usage: usage(sum), last_token_usage: usage(last) };
  const payload = { type: "token_count", info, ...more };
  return { timestamp: at(second), type: "event_msg", payload };
}

function read(lines: readonly object[]) {
  const rollout = createCodexRollout();
  for (const line of lines) rollout.line(line as never);
  return rollout.calls();
}
const figures = (lines: readonly object[]): readonly unknown[] =>
  read(lines).map(({ model, input, cacheRead, output }) => [model, input, cacheRead, output]);

const one = { input: 100, cached: 40, output: 10 };
const two = { input: 250, cached: 90, output: 30 };
const secondCall = { input: 150, cached: 50, output: 20 };

describe("rollout files that only have running totals", () => {
  const thread = [meta(0, "a"), turn(1, "gpt-5"), total(2, one, one), total(9, two, secondCall)];

  it("each call is the difference of two totals, cached input taken out of input", () => {
    expect(figures(thread)).toEqual([
      ["gpt-5", 60, 40, 10],
      ["gpt-5", 100, 50, 20],
    ]);
  });

  it("an interrupted turn that repeats the last figures adds nothing", () => {
    const repeated = [...thread, total(12, two, secondCall), total(13, two, secondCall)];
    expect(figures(repeated)).toEqual(figures(thread));
  });

  it("a resumed session goes on from its total, with the model of the new turn", () => {
    const three = { input: 450, cached: 90, output: 35 };
    const more = [turn(90, "gpt-5-mini"), total(99, three, { input: 200, output: 5 })];
    expect(figures([...thread, ...more]).at(-1)).toEqual(["gpt-5-mini", 200, 0, 5]);
  });

  it("a fork's copy of the history has the keys of the original, and its own calls have not", () => {
    const copied = [meta(300, "b", "a"), meta(300, "a"), turn(300, "gpt-5")];
    const three = { input: 300, cached: 90, output: 33 };
    const fork = [
      ...copied,
      total(300.01, one, one),
      total(300.01, two, secondCall),
      total(320, three, { input: 50, output: 3 }),
    ];
    const [first, second, own] = read(fork);
    expect([first?.key, second?.key]).toEqual(read(thread).map(({ key }) => key));
    expect([first?.sessionId, second?.sessionId, own?.sessionId]).toEqual(["a", "a", "b"]);
    expect(own).toMatchObject({ input: 50, cacheRead: 0, output: 3 });
  });

  it("a fork of a fork still has the keys of the first thread", () => {
    const copied = [meta(500, "c", "b"), meta(500, "b", "a"), meta(500, "a"), turn(500, "gpt-5")];
    const keys = read([...copied, total(500.01, one, one)]).map(({ key }) => key);
    expect(keys).toEqual([read(thread)[0]?.key]);
  });

  it("a file that begins in the middle of a thread counts its own calls only", () => {
    expect(figures([meta(0, "d"), turn(1, "gpt-5"), total(2, two, secondCall)])).toEqual([
      ["gpt-5", 100, 50, 20],
    ]);
  });

  it("a total that starts again counts the last call instead of a negative step", () => {
    const again = { input: 90, cached: 50, output: 8 };
    expect(figures([...thread, total(20, again, again)]).at(-1)).toEqual(["gpt-5", 40, 50, 8]);
  });

  it("limits without figures are no call, and name the plan", () => {
    const payload = { type: "token_count", info: null, rate_limits: { plan_type: "pro" } };
    const plan = { timestamp: at(30), type: "event_msg", payload };
    expect(read([...thread, plan]).map(({ billing }) => billing)).toEqual([
      "subscription",
      "subscription",
    ]);
    expect(read(thread).map(({ billing }) => billing)).toEqual([null, null]);
  });
});

it("a thread that was begun by an older version and goes on in a newer one is counted once", () => {
  const record = {
    timestamp: at(9),
    type: "token_usage_record",
    payload: {
      thread_id: "a",
      response_id: "resp_1",
      usage: usage(secondCall),
      thread_token_usage: usage(two),
    },
  };
  const lines = [
    meta(0, "a"),
    turn(1, "gpt-5"),
    total(2, one, one),
    record,
    total(9, two, secondCall),
  ];
  expect(figures(lines)).toEqual([
    ["gpt-5", 60, 40, 10],
    ["gpt-5", 100, 50, 20],
  ]);
  expect(read(lines).at(-1)?.key).toBe("codex:resp_1");
});

it("a subagent's thread belongs to the session that started it", () => {
  const source = { subagent: { thread_spawn: { parent_thread_id: "parent" } } };
  const payload = { id: "child", model_provider: "OpenAI", source };
  const head = { timestamp: at(0), type: "session_meta", payload };
  expect(read([head, turn(1, "gpt-5"), total(2, one, one)])).toMatchObject([
    { sessionId: "parent", role: "subagent", provider: "openai" },
  ]);
});
