import { describe, expect, it } from "vitest";
import { claude } from "../clis/claude.ts";
import { codex } from "../clis/codex.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";
import { readTranscript } from "../testing/transcripts.ts";

const endedAtMs = Date.parse("2026-11-21T20:00:00Z");
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const inTwoHours = endedAtMs / 1_000 + 2 * 3_600;

/** The recorded refusal, said by an account of a plan: with its notice, and its events before it. */
function refusedClaude(notice: string, events: readonly unknown[]): ReplayedRun {
  const { text, stderr, exit } = readTranscript("claude", "error-429");
  const recorded = "API Error: Request rejected (429) · This request would exceed your rate limit.";
  const lines = text.replaceAll(recorded, notice).trimEnd().split("\n");
  const refusal = lines.findIndex((line) => line.includes('"<synthetic>"'));
  expect(refusal).toBeGreaterThan(0);
  const told = [...lines.slice(0, refusal), ...events.map(toLine), ...lines.slice(refusal)];
  return replayRecording(claude, told.join("\n"), { stderr, exit, endedAtMs });
}

const toLine = (value: unknown): string => JSON.stringify(value);

const limitEvent = (info: Readonly<Record<string, unknown>>): unknown => ({
  type: "rate_limit_event",
  rate_limit_info: { rateLimitType: "five_hour", isUsingOverage: false, ...info },
  uuid: "76258cfb-0dc8-4d4b-8682-77082b59c03f",
  session_id: "430fed5e-470b-479d-ab96-836f5c1179ec",
});

const quota = { status: "failed", failureClass: "provider_quota_limit" } as const;

describe("INV-123 Claude Code whose plan is used up", () => {
  it.each([
    ["plan-five-hours", "2026-11-21T20:31:48.947Z", "2026-11-21T22:32:03Z"],
    ["plan-week", "2026-11-21T20:32:07.668Z", "2026-11-25T00:32:22Z"],
  ])("INV-123 %s as recorded: its event and its notice agree", (name, ended, resets) => {
    const { text, stderr, exit } = readTranscript("claude", name);
    const endedMs = Date.parse(ended);
    const replay = (lines: readonly string[]): ReplayedRun =>
      replayRecording(claude, lines.join("\n"), { stderr, exit, endedAtMs: endedMs });
    const lines = text.trimEnd().split("\n");
    const told = replay(lines);
    expect(told).toMatchObject({ ...quota, retryAfterMs: Date.parse(resets) - endedMs });
    const untold = replay(lines.filter((line) => !line.includes("rate_limit_event")));
    const nextMinuteMs = Math.ceil(Date.parse(resets) / minuteMs) * minuteMs;
    expect(untold).toMatchObject({ ...quota, retryAfterMs: nextMinuteMs - endedMs });
  });

  it.each([
    ["You've hit your session limit · resets 10:30pm (UTC)", 2.5 * hourMs + minuteMs],
    ["You’ve hit your limit · resets 11pm (Europe/Berlin)", 2 * hourMs + minuteMs],
    ["Claude AI usage limit reached|1795294800", hourMs],
    ["Weekly limit reached ∙ resets Nov 25, 8pm (UTC)", 96 * hourMs + minuteMs],
    ["Opus weekly limit reached ∙ resets 9pm (UTC)", hourMs + minuteMs],
    ["You're out of usage credits · resets 9pm (UTC)", hourMs + minuteMs],
    ["Your org is out of usage · contact your admin", null],
    ["Spending cap reached", null],
  ])("INV-123 %s", (notice, retryAfterMs) => {
    expect(refusedClaude(notice, [])).toMatchObject({ ...quota, error: notice, retryAfterMs });
  });

  it("INV-123 its event tells the reset to the second, and outweighs the notice", () => {
    const events = [
      limitEvent({ status: "allowed_warning", utilization: 0.97, resetsAt: inTwoHours }),
      limitEvent({ status: "rejected", resetsAt: inTwoHours + 17 }),
    ];
    expect(refusedClaude("You've hit your limit · resets 10pm (UTC)", events)).toMatchObject({
      ...quota,
      retryAfterMs: 2 * hourMs + 17_000,
    });
  });

  it("INV-123 its event makes a quota of what looks like an ordinary rate limit", () => {
    const events = [limitEvent({ status: "rejected", resetsAt: inTwoHours })];
    const run = refusedClaude("API Error: Request rejected (429) · slow down", events);
    expect(run).toMatchObject({ ...quota, retryAfterMs: 2 * hourMs });
  });

  it("INV-123 whichever of plan and extra usage resets first lets it go on", () => {
    const info = { status: "rejected", resetsAt: inTwoHours, overageResetsAt: inTwoHours - 3_600 };
    const wait = (overageStatus: string): number | null =>
      refusedClaude("You've hit your limit", [limitEvent({ ...info, overageStatus })]).retryAfterMs;
    expect(wait("rejected")).toBe(hourMs);
    expect(wait("allowed")).toBe(2 * hourMs);
  });

  it.each([
    { status: "allowed", resetsAt: inTwoHours },
    { status: "allowed_warning", resetsAt: inTwoHours },
    { status: "rejected", isUsingOverage: true, resetsAt: inTwoHours },
    {},
  ])("an account that may go on keeps its ordinary rate limit: %o", (info) => {
    const run = refusedClaude("API Error: Request rejected (429) · slow down", [limitEvent(info)]);
    expect(run).toMatchObject({
      failureClass: "provider_capacity_or_rate_limit",
      retryAfterMs: null,
    });
  });

  it("a refusal that was overcome says nothing about a later failure", () => {
    const { text, stderr, exit } = readTranscript("claude", "success");
    const refused = toLine(limitEvent({ status: "rejected", resetsAt: inTwoHours }));
    const failed = readTranscript("claude", "error-429").text.trimEnd().split("\n").at(-1) ?? "";
    const answered = text.trimEnd().split("\n").slice(0, -1);
    const lines = [refused, ...answered, failed].join("\n");
    expect(replayRecording(claude, lines, { stderr, exit, endedAtMs })).toMatchObject({
      failureClass: "provider_capacity_or_rate_limit",
      retryAfterMs: null,
    });
  });

  it("INV-123 a run that ended during retries waits as well", () => {
    const { text, stderr, exit } = readTranscript("claude", "error-429-default-retries");
    const refused = toLine(limitEvent({ status: "rejected", resetsAt: inTwoHours }));
    const lines = `${text.trimEnd()}\n${refused}`;
    expect(replayRecording(claude, lines, { stderr, exit, endedAtMs })).toMatchObject({
      ...quota,
      retryAfterMs: 2 * hourMs,
    });
  });

  it("a notice in place of an answer is a failure that waits", () => {
    const { text, stderr, exit } = readTranscript("claude", "success");
    const notice = "Weekly limit reached ∙ resets 9pm (UTC)";
    const lines = text.replace('"result":"done"', `"result":${toLine(notice)}`);
    expect(replayRecording(claude, lines, { stderr, exit, endedAtMs })).toMatchObject({
      ...quota,
      answer: "",
      retryAfterMs: hourMs + minuteMs,
    });
  });
});

/** The recorded refusal, said by an account whose limit is used up, after a snapshot of its limits. */
function refusedCodex(text: string, limits: Readonly<Record<string, unknown>> | null): ReplayedRun {
  const recording = readTranscript("codex-app-server", "error-429");
  const lines = recording.text
    .replaceAll("exceeded retry limit, last status: 429 Too Many Requests", text)
    .replaceAll('{"responseTooManyFailedAttempts":{"httpStatusCode":429}}', '"usageLimitExceeded"')
    .trimEnd()
    .split("\n");
  const end = lines.findIndex((line) => line.includes('"willRetry":false'));
  expect(end).toBeGreaterThan(0);
  const snapshot = {
    method: "account/rateLimits/updated",
    params: { rateLimits: { limitId: "codex", primary: null, secondary: null, ...limits } },
  };
  const told = limits === null ? [] : [toLine(snapshot)];
  return replayRecording(codex, [...lines.slice(0, end), ...told, ...lines.slice(end)].join("\n"), {
    stderr: recording.stderr,
    exit: recording.exit,
    endedAtMs,
  });
}

const window = (usedPercent: number, hours: number): unknown => ({
  usedPercent,
  windowDurationMins: 300,
  resetsAt: endedAtMs / 1_000 + hours * 3_600,
});

describe("INV-123 Codex whose limit is used up", () => {
  const later = "You've hit your usage limit. Try again later.";

  it("INV-123 as recorded: the snapshot before the refusal tells the reset to the second", () => {
    const { text, stderr, exit } = readTranscript("codex-app-server", "plan-week");
    const endedMs = 1_795_293_197_950;
    const run = replayRecording(codex, text, { stderr, exit, endedAtMs: endedMs });
    expect(run).toMatchObject({ ...quota, retryAfterMs: 1_795_566_814_000 - endedMs });
  });

  it("INV-123 as recorded: the plain stream's message is on this machine's clock", () => {
    const { text, stderr, exit } = readTranscript("codex", "plan-week");
    const endedMs = new Date(2026, 10, 21, 21, 33).getTime();
    const resetMs = new Date(2026, 10, 25, 1, 34).getTime();
    const run = replayRecording(codex, text, { stderr, exit, endedAtMs: endedMs });
    expect(run).toMatchObject({ ...quota, retryAfterMs: resetMs - endedMs });
  });

  it.each([
    ["the window that is used up", { primary: window(100, 2), secondary: window(40, 90) }, 2],
    ["the last of two", { primary: window(100, 2), secondary: window(100, 90) }, 90],
    ["the weekly one", { primary: window(12, 2), secondary: window(101, 90) }, 90],
  ])("INV-123 waits for %s", (_which, limits, hours) => {
    expect(refusedCodex(later, limits)).toMatchObject({ ...quota, retryAfterMs: hours * hourMs });
  });

  it("INV-123 waits for what its message says when no window is used up", () => {
    const text = "You've hit your usage limit. Try again at Nov 23rd, 2026 8:00 PM (UTC).";
    expect(refusedCodex(text, null).retryAfterMs).toBe(48 * hourMs + minuteMs);
    expect(refusedCodex(text, { primary: window(60, 2) }).retryAfterMs).toBe(
      48 * hourMs + minuteMs,
    );
  });

  it("waits for nothing when nobody says how long", () => {
    expect(refusedCodex(later, { primary: null })).toMatchObject({ ...quota, retryAfterMs: null });
  });

  it("INV-123 reads the message of the plain stream", () => {
    const recording = readTranscript("codex", "error-429");
    const text = recording.text.replaceAll(
      "exceeded retry limit, last status: 429 Too Many Requests",
      "You've hit your usage limit. Try again in 3 days 4 hours.",
    );
    const run = replayRecording(codex, text, { ...recording, endedAtMs });
    expect(run).toMatchObject({ ...quota, retryAfterMs: 76 * hourMs });
  });
});
