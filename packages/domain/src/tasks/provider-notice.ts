import { type AgentFailure, classifyFailureText } from "./text-classification.ts";

/** Notices are one or two sentences. A longer text is somebody's answer, whatever it mentions. */
const longestNotice = 600;

type Notice = readonly [AgentFailure, RegExp];

const notice = (reason: AgentFailure, ...openings: readonly string[]): Notice => [
  reason,
  new RegExp(`^(?:(?:internal )?error: )?(?:${openings.join("|")})`, "iu"),
];

/**
 * Words that an answer could begin with as well ("Rate limit exceeded responses now carry …"):
 * they are a notice only as a clause of their own.
 */
const clause = (words: string): string =>
  String.raw`(?:${words})(?=\s*(?:$|[.:;,!|(·•∙–—*_"'\])-]))`;

/**
 * Openings of the texts that agent CLIs and providers print in place of an answer. They are
 * anchored: an agent that reports *about* a limit does not begin with the provider's own words.
 */
const notices: readonly Notice[] = [
  notice(
    "agent_error.context_overflow",
    clause("prompt is too long"),
    "input is too long for (?:the )?(?:requested )?model",
    clause(
      "context (?:window|length|limit)(?: has been| was| is)? (?:exceeded|exhausted|reached|full)",
    ),
    clause("context low"),
    clause("conversation (?:is )?too long"),
    "codex ran out of room in the model.s context window",
    "this model.s maximum context length",
    "(?:the )?(?:input|prompt) exceeds the (?:model.s )?(?:maximum )?context",
    "your input exceeds the context window",
    "the input token count .{0,60}exceeds",
  ),
  notice(
    "agent_error.provider_quota_limit",
    String.raw`you(?:'|’)?ve (?:hit|reached) your (?:[\w.]+[ -]){0,4}limit`,
    String.raw`you have (?:hit|reached|exceeded|exhausted) your (?:[\w.]+[ -]){0,4}(?:limit|quota|capacity)`,
    "you(?:'|’)?re out of (?:extra )?(?:usage|credits)",
    clause("claude(?: ai)? usage limit reached"),
    clause(
      "(?:5-hour|five-hour|session|weekly|monthly|daily|usage|opus|sonnet)(?: usage)? limit reached",
    ),
    "(?:400 )?(?:your )?credit balance is too low",
    clause("insufficient (?:balance|quota|credits|funds)"),
    "you exceeded your current quota",
    clause("quota (?:exceeded|exhausted)"),
    "quota exceeded for (?:quota|metric|model|gemini)",
    clause("payment required"),
    clause("spending (?:cap|limit) reached"),
  ),
  notice(
    "agent_error.provider_auth_or_access",
    clause("(?:401 )?invalid (?:x-)?api[ -]key"),
    "incorrect api key provided",
    clause("(?:you are )?not logged in"),
    "please run /login",
    clause("please (?:log|sign) in(?: again)?"),
    "failed to authenticate[.:]",
    clause("authentication (?:failed|required|error)"),
    "authentication failed with provider",
    "oauth (?:token|authentication)(?: has| is)? (?:expired|revoked|currently not)",
    clause("(?:your )?(?:access )?token (?:has )?expired"),
    "your organization (?:does not have|has disabled) access",
    "this organization has been disabled",
    "unexpected status 40[13] ",
  ),
  notice(
    "agent_error.provider_capacity_or_rate_limit",
    clause("(?:api )?rate limit (?:reached|exceeded)"),
    "this request would exceed your rate limit",
    clause("too many requests"),
    clause("overloaded"),
    "server is (?:temporarily )?(?:limiting requests|overloaded|at capacity)",
    "selected model is at capacity",
    "exceeded retry limit, last status: 429",
  ),
  notice("agent_error.provider_network", "stream disconnected before completion"),
];

/**
 * Openings that only a CLI or a provider's error object begins with; the rest of the text says
 * which failure it is.
 */
const errorOpening = new RegExp(
  [
    String.raw`^(?:internal error: )?api error:`,
    String.raw`^(?:[45]\d\d )?\{\s*"(?:type"\s*:\s*"error"|error"\s*:\s*\{)`,
    String.raw`^(?:error: )?failed to get response from the ai model; retried`,
  ].join("|"),
  "iu",
);

/** Marks that CLIs put before a notice: white space, bullets, warning signs, brackets. */
const decoration = /^(?:[\s>*_#`"'[(\u25a0\u25cf\u2022\u274c\u2716\u2757-]|\u26a0\ufe0f?)+/u;

/**
 * The failure that a final answer stands for when it is a provider's or CLI's notice and nobody's
 * work; null for real answers. A notice is never posted: its run has failed.
 */
export function providerNotice(answer: string): AgentFailure | null {
  const text = answer.replace(decoration, "").trim();
  if (text === "" || text.length > longestNotice) return null;
  if (errorOpening.test(text)) return classifyFailureText(text);
  return notices.find(([, opening]) => opening.test(text))?.[0] ?? null;
}
