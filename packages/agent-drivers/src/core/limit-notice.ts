import type { FailureClass } from "./types.ts";

/** Longer texts are answers that talk about limits, not notices of one. */
const longestNotice = 320;

const notices: readonly { readonly class: FailureClass; readonly pattern: RegExp }[] = [
  { class: "context_overflow", pattern: /conversation (is )?too long.*press esc twice/is },
  { class: "context_overflow", pattern: /compaction failed.*below the context limit/is },
  { class: "context_overflow", pattern: /^(api error: )?(error: )?prompt is too long/i },
  { class: "provider_auth_or_access", pattern: /^(invalid api key|not logged in)\b.*\/login/is },
  { class: "provider_auth_or_access", pattern: /^failed to authenticate\b.*\b(401|403)\b/is },
  { class: "provider_quota_limit", pattern: /^(claude )?(ai )?usage limit reached/i },
  {
    class: "provider_quota_limit",
    pattern: /^you['’]?(ve| have) (hit|reached|used up) your\b.*\blimit/i,
  },
  {
    class: "provider_quota_limit",
    pattern:
      /^((5-hour|weekly|session|(opus|sonnet)( weekly)?) limit|spending cap) (reached|resets)/i,
  },
  {
    class: "provider_quota_limit",
    pattern: /^(you['’]?(re| are)|your org is) out of (extra )?usage\b/i,
  },
  { class: "provider_quota_limit", pattern: /^(your )?credit balance is too low/i },
  { class: "provider_quota_limit", pattern: /^you exceeded your current quota/i },
  {
    class: "provider_capacity_or_rate_limit",
    pattern: /^api error: (request rejected \()?(429|529)\b/i,
  },
  { class: "provider_capacity_or_rate_limit", pattern: /^api error:? repeated 529 overloaded/i },
  { class: "provider_server_error", pattern: /^api error: 5\d\d\b/i },
  { class: "provider_network", pattern: /^api error: (connection error|request timed out)/i },
  { class: "provider_auth_or_access", pattern: /^api error: (401|403)\b/i },
];

/**
 * Recognises a final answer that is really a provider's or CLI's notice that it could not go on.
 * Such a text is a failure and never an answer. Null for ordinary answers.
 */
export function classifyNotice(answer: string): FailureClass | null {
  const text = answer.trim();
  if (text === "" || text.length > longestNotice) return null;
  return notices.find((notice) => notice.pattern.test(text))?.class ?? null;
}
