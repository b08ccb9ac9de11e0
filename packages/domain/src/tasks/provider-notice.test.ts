import { describe, expect, it } from "vitest";
import { providerNotice } from "./provider-notice.ts";

const notices: readonly (readonly [string, string])[] = [
  ["Prompt is too long", "context_overflow"],
  [
    "Conversation too long. Press esc twice to go up a few messages and try again.",
    "context_overflow",
  ],
  ["Codex ran out of room in the model's context window. Start a new thread.", "context_overflow"],
  ["You've hit your usage limit. Upgrade to Pro or try again in 3 days.", "provider_quota_limit"],
  ["You've hit your session limit · resets 3pm (Europe/Berlin)", "provider_quota_limit"],
  ["You’ve hit your limit · resets 5am", "provider_quota_limit"],
  ["You've reached your Opus 4 limit. Switch models with /model", "provider_quota_limit"],
  ["Claude AI usage limit reached|1765432100", "provider_quota_limit"],
  ["5-hour limit reached ∙ resets 3pm", "provider_quota_limit"],
  ["Credit balance is too low", "provider_quota_limit"],
  [
    "You exceeded your current quota, please check your plan and billing details.",
    "provider_quota_limit",
  ],
  [
    "You have exhausted your capacity on this model. Your quota will reset after 2h",
    "provider_quota_limit",
  ],
  ["⚠️ Quota exceeded for gemini-3-pro", "provider_quota_limit"],
  ["Invalid API key · Please run /login", "provider_auth_or_access"],
  ["Not logged in · Please run /login", "provider_auth_or_access"],
  ["Failed to authenticate. API Error: 401 OAuth token has expired", "provider_auth_or_access"],
  ["OAuth token revoked · Please run /login", "provider_auth_or_access"],
  ["API Error: 429 rate_limit_error", "provider_capacity_or_rate_limit"],
  ["API Error: Request rejected (429) · try again", "provider_capacity_or_rate_limit"],
  ["**Overloaded**", "provider_capacity_or_rate_limit"],
  ["API Error: 500 Internal server error", "provider_server_error"],
  ["API Error: Connection error.", "provider_network"],
  ["[API Error: terminated]", "provider_network"],
  ["[API Error: 400 Your credit balance is too low to access the API.]", "provider_quota_limit"],
  [
    '[API Error: {"error":{"code":401,"message":"invalid api key","status":"UNAUTHENTICATED"}}]',
    "provider_auth_or_access",
  ],
  [
    "[API Error: This request would exceed your rate limit.] Please wait and try again later.",
    "provider_capacity_or_rate_limit",
  ],
  ["Internal error: API Error: Request rejected (429)", "provider_capacity_or_rate_limit"],
  [
    '429 {"type":"error","error":{"type":"rate_limit_error","message":"Slow down."}}',
    "provider_capacity_or_rate_limit",
  ],
  ['{"type":"error","error":{"type":"overloaded_error"}}', "provider_capacity_or_rate_limit"],
  ["401 invalid api key", "provider_auth_or_access"],
  ["Internal error: This request would exceed your rate limit.", "provider_capacity_or_rate_limit"],
  ["unexpected status 401 Unauthorized: invalid api key", "provider_auth_or_access"],
  ["⚠️ API rate limit reached. Please try again later.", "provider_capacity_or_rate_limit"],
  ["exceeded retry limit, last status: 429 Too Many Requests", "provider_capacity_or_rate_limit"],
  ["stream disconnected before completion: error sending request", "provider_network"],
];

const answers: readonly string[] = [
  "",
  "Done.",
  "I fixed the message that said 'You've hit your usage limit' in src/limits.ts.",
  "The login page shows “Invalid API key” when the key is wrong; I added a test.",
  "Raised the rate limit to 100 requests per minute.",
  "Quotas are now enforced in the ingest transaction.",
  "Overloading `add` needs two signatures; both are in math.ts.",
  "The API answers 429 now.",
  `You've hit your usage limit. ${"This paragraph explains at length what was done. ".repeat(20)}`,
  "Authentication works with OIDC; see the branch.",
  "Context: the window component leaked. Fixed.",
  "Authentication required by /admin is now checked in one place.",
  "Rate limit exceeded responses now carry Retry-After.",
  "Overloaded operators work again.",
  "Payment required fields are validated.",
  "Too many requests were made in a loop; they are batched now.",
  "Token expired handling moved into the client.",
  "401 responses are retried once after a refresh.",
  '{"status":"ok"}',
  "API errors are mapped to eight codes now.",
  "Not logged in users are sent to /sign-in.",
];

describe("providerNotice", () => {
  it.each(notices)("INV-21 %j is a notice: %s", (text, failure) => {
    expect(providerNotice(text)).toBe(`agent_error.${failure}`);
  });

  it.each(answers)("INV-21 %j is an answer", (text) => {
    expect(providerNotice(text)).toBeNull();
  });
});
