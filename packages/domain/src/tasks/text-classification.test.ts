import { describe, expect, it } from "vitest";
import { classifyFailureText } from "./text-classification.ts";

const corpus: readonly (readonly [string, string])[] = [
  [
    'API Error: 429 {"type":"error","error":{"type":"rate_limit_error"}}',
    "provider_capacity_or_rate_limit",
  ],
  ["HTTP 401", "provider_auth_or_access"],
  ["HTTP 403: forbidden", "provider_auth_or_access"],
  ["status=402", "provider_quota_limit"],
  ["HTTP status 529", "provider_capacity_or_rate_limit"],
  ["got 503 from upstream", "provider_server_error"],
  ["upstream answered (500)", "provider_server_error"],
  ["Used 402913 tokens and then gave up", "unknown"],
  ["session 4290 ended", "unknown"],
  ["took 1.429 seconds", "unknown"],
  ["version 5.03.1", "unknown"],
  ["wrote 12,503 lines", "unknown"],
  ["error id 84015", "unknown"],
  ["401.", "provider_auth_or_access"],
  ["code:401,", "provider_auth_or_access"],
  ["This model's maximum context length is 128000 tokens. (400)", "context_overflow"],
  ["prompt is too long: 210000 tokens > 200000 maximum", "context_overflow"],
  ["400 prompt_too_long; retry after 429", "context_overflow"],
  ["Codex ran out of room in the model's context window.", "context_overflow"],
  ["Missing environment variable: `OPENAI_API_KEY`", "missing_config"],
  ["ANTHROPIC_API_KEY is not set", "missing_config"],
  [
    "When using Gemini API, you must specify the GEMINI_API_KEY environment variable.",
    "missing_config",
  ],
  ["Invalid API key · Please run /login", "provider_auth_or_access"],
  ["Not logged in", "provider_auth_or_access"],
  ["OAuth token has expired. Please obtain a new token", "provider_auth_or_access"],
  ["You've hit your usage limit. Try again at 3pm", "provider_quota_limit"],
  ["Credit balance is too low", "provider_quota_limit"],
  ["You exceeded your current quota, please check your plan (429)", "provider_quota_limit"],
  ["insufficient_quota", "provider_quota_limit"],
  ["Quota for model gemini exceeded", "provider_quota_limit"],
  ["RESOURCE_EXHAUSTED", "provider_capacity_or_rate_limit"],
  ["Overloaded", "provider_capacity_or_rate_limit"],
  ["Too Many Requests", "provider_capacity_or_rate_limit"],
  ["502 Bad Gateway", "provider_server_error"],
  ["stream disconnected before completion: connection reset", "provider_network"],
  ["connect ECONNREFUSED 127.0.0.1:8080", "provider_network"],
  ["getaddrinfo ENOTFOUND api.example.com", "provider_network"],
  ["TypeError: fetch failed", "provider_network"],
  ["The model `gpt-9` does not exist", "model_not_found_or_unavailable"],
  ["model not found: kimi-9", "model_not_found_or_unavailable"],
  ["empty response", "empty_or_unparseable_output"],
  ["stream ended without a terminal event", "empty_or_unparseable_output"],
  ["the operation timed out", "agent_timeout"],
  ["spawn claude ENOENT", "runtime_missing_executable"],
  ["sh: codex: command not found", "runtime_missing_executable"],
  ["CLI version 0.9 is too old", "runtime_version_unsupported"],
  ["process exited with code 1", "process_failure"],
  ["terminated by SIGKILL", "process_failure"],
  ["thread 'main' panicked at src/main.rs", "process_failure"],
  ["", "unknown"],
  ["something odd happened", "unknown"],
];

describe("classifyFailureText", () => {
  it.each(corpus)("INV-23 %j is %s", (text, expected) => {
    expect(classifyFailureText(text)).toBe(`agent_error.${expected}`);
  });

  it("INV-23 ignores case", () => {
    for (const [text, expected] of corpus) {
      expect(classifyFailureText(text.toUpperCase())).toBe(`agent_error.${expected}`);
    }
  });

  it("INV-23 sees words at the far end of a long text", () => {
    const text = `${"x ".repeat(500_000)}rate limit`;
    expect(classifyFailureText(text)).toBe("agent_error.provider_capacity_or_rate_limit");
  });
});
