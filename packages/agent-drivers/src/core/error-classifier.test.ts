import { describe, expect, it } from "vitest";
import { classifyFailure } from "./error-classifier.ts";
import { classifyNotice } from "./limit-notice.ts";
import { retryAfterMs } from "./retry-after.ts";

describe("INV-23 failure classes", () => {
  it.each([
    ["prompt is too long: 210000 tokens > 200000 maximum", "context_overflow"],
    ["This model's maximum context length is 128000 tokens (HTTP 400)", "context_overflow"],
    ["Missing environment variable: `FAKE_KEY`", "missing_config"],
    ["HTTP 401", "provider_auth_or_access"],
    ["unexpected status 403 Forbidden", "provider_auth_or_access"],
    ["Not logged in · Please run /login", "provider_auth_or_access"],
    ["Invalid API key", "provider_auth_or_access"],
    ["402 Payment Required", "provider_quota_limit"],
    ["You've hit your usage limit. Upgrade to Pro", "provider_quota_limit"],
    ["insufficient_balance", "provider_quota_limit"],
    ["exceeded retry limit, last status: 429 Too Many Requests", "provider_capacity_or_rate_limit"],
    ["Repeated 529 Overloaded errors", "provider_capacity_or_rate_limit"],
    ["API Error: 500 Internal server error", "provider_server_error"],
    ["upstream said 503", "provider_server_error"],
    ["stream disconnected before completion", "provider_network"],
    ["getaddrinfo EAI_AGAIN api.example.com", "provider_network"],
    ["The model `gpt-9` does not exist", "model_not_found_or_unavailable"],
    ["no output", "empty_or_unparseable_output"],
    ["timed out after 30 polls", "agent_timeout"],
    ["spawn claude ENOENT", "runtime_missing_executable"],
    ["cannot execute binary file: Exec format error", "runtime_missing_executable"],
    ["Error: opencode-ai's postinstall script was not run.", "runtime_missing_executable"],
    ["version 1.0 is not supported", "runtime_version_unsupported"],
    ["exited with status 3", "process_failure"],
    ["something odd", "unknown"],
  ])("INV-23 %s → %s", (text, failureClass) => {
    expect(classifyFailure({ text })).toBe(failureClass);
  });

  it.each([
    "402913 tokens used",
    "request 14290 was odd",
    "5291 lines, 1401 words",
    "took 1.429 units",
    "ratio 0.503",
  ])("INV-23 %s holds no status code", (text) => {
    expect(classifyFailure({ text })).toBe("unknown");
  });

  it("INV-23 a structured status wins over the text, a code over the status", () => {
    expect(classifyFailure({ httpStatus: 401, text: "overloaded" })).toBe(
      "provider_auth_or_access",
    );
    expect(classifyFailure({ code: "context_overflow", httpStatus: 500, text: "" })).toBe(
      "context_overflow",
    );
  });

  it("a rate-limit status with the words of a quota is a quota", () => {
    expect(classifyFailure({ httpStatus: 429, text: "You exceeded your current quota" })).toBe(
      "provider_quota_limit",
    );
  });

  it("a 400 says nothing by itself", () => {
    expect(classifyFailure({ httpStatus: 400, text: "Your credit balance is too low" })).toBe(
      "provider_quota_limit",
    );
    expect(classifyFailure({ httpStatus: 400, text: "bad thing" })).toBe("unknown");
  });
});

describe("INV-21 notices of a limit", () => {
  it.each([
    ["Claude AI usage limit reached|1795266535", "provider_quota_limit"],
    ["You've hit your limit · resets 3pm (UTC)", "provider_quota_limit"],
    ["Credit balance is too low", "provider_quota_limit"],
    ["API Error: Request rejected (429) · slow down", "provider_capacity_or_rate_limit"],
    ["API Error: 500 Internal server error.", "provider_server_error"],
    ["Invalid API key · Please run /login", "provider_auth_or_access"],
    ["Prompt is too long", "context_overflow"],
    ["Conversation is too long. Press esc twice to go up a few messages.", "context_overflow"],
  ])("INV-21 %s is %s", (text, failureClass) => {
    expect(classifyNotice(text)).toBe(failureClass);
  });

  it.each([
    "done",
    "I fixed the handler so that API Error: 500 is shown to the user.",
    `API Error: 429 ${"is described here at length. ".repeat(20)}`,
    "The usage limit reached by the batch job is now configurable.",
  ])("INV-21 an answer that talks about limits stays an answer: %s", (text) => {
    expect(classifyNotice(text)).toBeNull();
  });
});

describe("retry-after in texts", () => {
  it.each([
    ["Please try again in 20s", 20_000],
    ["try again in 1m30s", 90_000],
    ["retry-after: 12", 12_000],
    ["Retry after 3 seconds.", 3_000],
    ["retry-after: 500 ms", 500],
    ["limit resets in 2 hours", 7_200_000],
    ["try again later", null],
    ["it took 20 seconds", null],
  ])("%s → %s", (text, milliseconds) => {
    expect(retryAfterMs(text)).toBe(milliseconds);
  });
});
