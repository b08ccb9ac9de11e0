import type { AgentFailure } from "./text-classification.ts";

/** Notices are one or two sentences. A longer text is somebody's answer, whatever it mentions. */
const longestNotice = 600;

const notice = (reason: AgentFailure, ...openings: readonly string[]) =>
  [reason, new RegExp(`^(?:${openings.join("|")})`, "iu")] as const;

/**
 * Openings of the texts that agent CLIs and providers print in place of an answer. They are
 * anchored: an agent that reports *about* a limit does not begin with the provider's own words.
 */
const notices: readonly (readonly [AgentFailure, RegExp])[] = [
  notice(
    "agent_error.context_overflow",
    "prompt is too long",
    "input is too long for (?:the )?(?:requested )?model",
    "context (?:window|length|limit)(?: has been| was| is)? (?:exceeded|exhausted|reached|full)",
    "context low",
    "conversation (?:is )?too long",
    "codex ran out of room in the model.s context window",
    "(?:error: )?this model.s maximum context length",
    "(?:error: )?(?:the )?(?:input|prompt) exceeds the (?:model.s )?(?:maximum )?context",
    "your input exceeds the context window",
    "(?:error: )?the input token count .{0,60}exceeds",
  ),
  notice(
    "agent_error.provider_quota_limit",
    "you(?:'|’)?ve (?:hit|reached) your (?:\\w+[ -]){0,3}limit",
    "you have (?:hit|reached|exceeded|exhausted) your (?:\\w+[ -]){0,3}(?:limit|quota|capacity)",
    "you(?:'|’)?re out of (?:extra )?(?:usage|credits)",
    "claude(?: ai)? usage limit reached",
    "(?:5-hour|five-hour|session|weekly|monthly|daily|usage|opus|sonnet)(?: usage)? limit reached",
    "(?:error: )?(?:your )?credit balance is too low",
    "(?:error: )?insufficient (?:balance|quota|credits|funds)",
    "(?:error: )?you exceeded your current quota",
    "(?:error: )?quota (?:exceeded|exhausted)",
    "(?:error: )?payment required",
    "spending (?:cap|limit) reached",
  ),
  notice(
    "agent_error.provider_auth_or_access",
    "(?:error: )?invalid (?:x-)?api[ -]key",
    "(?:error: )?incorrect api key",
    "(?:you are )?not logged in",
    "please run /login",
    "please (?:log|sign) in",
    "(?:error: )?failed to authenticate",
    "(?:error: )?authentication (?:failed|required|error)",
    "oauth (?:token|authentication)(?: has| is)? (?:expired|revoked|currently not)",
    "(?:error: )?(?:your )?(?:access )?token (?:has )?expired",
    "api error: 40[13]\\b",
    "your organization (?:does not have|has disabled) access",
    "this organization has been disabled",
  ),
  notice(
    "agent_error.provider_capacity_or_rate_limit",
    "api error: (?:429|529)\\b",
    "api error: (?:request )?rejected \\(429\\)",
    "(?:error: )?rate limit (?:reached|exceeded)",
    "(?:error: )?too many requests",
    "(?:error: )?overloaded",
    "(?:error: )?server is (?:temporarily )?(?:limiting|overloaded|at capacity)",
    "(?:error: )?selected model is at capacity",
  ),
  notice("agent_error.provider_server_error", "api error: 5\\d\\d\\b"),
  notice(
    "agent_error.provider_network",
    "api error: (?:connection error|unable to connect|request timed out)",
    "stream disconnected before completion",
  ),
];

/** Marks that CLIs put before a notice: white space, bullets, warning signs, brackets. */
const decoration = /^(?:[\s>*_#`"'[(\u25a0\u25cf\u2022\u274c\u2716\u2757-]|\u26a0\ufe0f?)+/u;

/**
 * The failure that a final answer stands for when it is a provider's or CLI's notice and nobody's
 * work; null for real answers. A notice is never posted: its run has failed.
 */
export function providerNotice(answer: string): AgentFailure | null {
  const text = answer.replace(decoration, "").trim();
  if (text === "" || text.length > longestNotice) return null;
  return notices.find(([, opening]) => opening.test(text))?.[0] ?? null;
}
