import { FailureReason } from "@headcount/contract/tasks/states";
import { describe, expect, it } from "vitest";
import { isResumeSafe, resumeVerdict, type SessionUse } from "./resume.ts";

const use = (over: Partial<SessionUse> = {}): SessionUse => ({
  sessionId: "s1",
  status: "completed",
  failureReason: null,
  sessionRetired: false,
  runtimeId: "here",
  workDirectory: "/w",
  ...over,
});
const failed = (failureReason: FailureReason): SessionUse =>
  use({ status: "failed", failureReason });
const resumes = { kind: "resume", sessionId: "s1", workDirectory: "/w" };
const unsafe = { kind: "continuity_notice", reason: "session_unsafe" };

describe("resumeVerdict", () => {
  it.each<readonly [string, readonly SessionUse[], unknown]>([
    ["no history", [], { kind: "fresh" }],
    ["completed", [use()], resumes],
    ["cancelled by a person", [use({ status: "cancelled", failureReason: "cancelled" })], resumes],
    ["cancelled without a reason", [use({ status: "cancelled" })], resumes],
    ["lost runtime", [failed("runtime_offline")], resumes],
    ["daemon restart", [failed("runtime_recovery")], resumes],
    ["broken connection", [failed("agent_error.provider_network")], resumes],
    ["overflow", [failed("agent_error.context_overflow")], unsafe],
    ["poisoned history", [failed("api_invalid_request")], unsafe],
    ["unsafe, then safe", [use(), failed("api_invalid_request")], resumes],
    ["safe, then unsafe", [failed("iteration_limit"), use()], unsafe],
    [
      "retired although completed",
      [use({ sessionRetired: true })],
      { kind: "continuity_notice", reason: "session_retired" },
    ],
    [
      "held by another machine",
      [use({ runtimeId: "there" })],
      { kind: "continuity_notice", reason: "other_runtime" },
    ],
    [
      "directory unknown",
      [use({ workDirectory: null })],
      { kind: "continuity_notice", reason: "directory_unknown" },
    ],
    [
      "older row on this machine is not looked at",
      [use({ runtimeId: "there" }), use()],
      { kind: "continuity_notice", reason: "other_runtime" },
    ],
    [
      "a program that keeps no sessions",
      [use({ sessionId: null })],
      { kind: "continuity_notice", reason: "session_unknown" },
    ],
    [
      "never got as far as a session",
      [use({ sessionId: null, status: "failed", failureReason: "runtime_cli_timeout" })],
      { kind: "fresh" },
    ],
    ["a session before a run without one", [use({ sessionId: null }), use()], resumes],
  ])("INV-26 %s", (_title, history, verdict) => {
    expect(resumeVerdict(history, "here", "session")).toEqual(verdict);
  });

  it("starts fresh without a notice when that was asked for", () => {
    expect(resumeVerdict([use()], "here", "fresh")).toEqual({ kind: "fresh" });
  });

  it("INV-26 answers every failure reason", () => {
    const safe = FailureReason.options.filter((reason) => isResumeSafe(failed(reason)));
    expect(FailureReason.options.length - safe.length).toBe(6);
  });
});
