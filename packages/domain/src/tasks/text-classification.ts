import type { agentFailures } from "@headcount/contract/tasks/states";

/** A failure reason of the agent, as opposed to one of the platform. */
export type AgentFailure = (typeof agentFailures)[number];

/** A number standing alone: not inside a longer number, a decimal or a version. */
const alone = (digits: string): string => String.raw`(?<![\d.,])(?:${digits})(?![\d]|[.,]\d)`;

type Rule = readonly [AgentFailure, RegExp];

const rule = (reason: AgentFailure, ...alternatives: readonly string[]): Rule => [
  reason,
  new RegExp(alternatives.join("|"), "iu"),
];

/** Ordered from specific to general: the first rule that hits decides. */
const rules: readonly Rule[] = [
  rule(
    "agent_error.context_overflow",
    "context[ _-]?length",
    "context[ _-]?window[ _-]?(?:limit|exceeded|is full|overflow)",
    "exceed(?:s|ed)? (?:the |its )?(?:maximum )?context",
    "maximum context",
    "model_context_window_exceeded",
    "ran out of room in the model.s context",
    "prompt[ _]is[ _]too[ _]long",
    "prompt_too_long",
    "input is too long",
    "input token count .{0,40}exceeds",
  ),
  rule(
    "agent_error.missing_config",
    "missing (?:required )?(?:environment variable|api key|configuration)",
    String.raw`(?:api[ _]key|environment variable|model provider|[A-Z0-9]_API_KEY)\b[^.\n]{0,40}(?:not set|not configured|is missing|must be set|not found)`,
    String.raw`no (?:api key|provider|model|auth(?:entication)? (?:method|type))\b[^.\n]{0,30}(?:configured|found|set|selected)`,
    "must specify the [A-Z_]+ environment variable",
    String.raw`(?:invalid|cannot read|could not (?:load|parse|read)(?: the)?) config(?:uration)?\b`,
    "set an auth method",
  ),
  rule(
    "agent_error.provider_auth_or_access",
    alone("401|403"),
    "not logged in",
    String.raw`please (?:run )?/?login\b`,
    "(?:sign|log) ?in again",
    "unauthori[sz]ed",
    "forbidden",
    "access denied",
    "permission[_ ](?:error|denied)",
    "authentication[_ ](?:failed|error|required)",
    "failed to authenticate",
    "(?:invalid|incorrect|expired|revoked) (?:x-)?(?:api[ _-]?key|token|credentials|bearer)",
    String.raw`(?:token|credentials?|session) (?:has |have |is )?(?:expired|revoked)`,
  ),
  rule(
    "agent_error.provider_quota_limit",
    alone("402"),
    String.raw`(?:usage|spend(?:ing)?|session|weekly|monthly|daily|5-hour|five-hour|opus|sonnet) limit`,
    "(?:hit|reached) your limit",
    "insufficient[_ ](?:balance|quota|credits?|funds)",
    "credit balance",
    "out of (?:extra )?(?:credits|usage)",
    "payment required",
    "billing_(?:error|hard_limit)",
    String.raw`quota\b[^.\n]{0,40}(?:exceeded|exhausted|reached|used up)`,
    "exceeded your (?:current |monthly )?quota",
    "quota limit",
  ),
  rule(
    "agent_error.provider_capacity_or_rate_limit",
    alone("429|529"),
    "rate[ _-]?limit",
    "too many requests",
    "overloaded",
    "at capacity",
    "high demand",
    "resource[ _]exhausted",
    "throttl(?:ed|ing)",
    "slow down",
  ),
  rule(
    "agent_error.provider_server_error",
    alone(String.raw`5\d\d`),
    "internal[ _]server[ _]error",
    "bad gateway",
    "service (?:is )?(?:temporarily )?unavailable",
    "gateway time-?out",
    String.raw`\bserver_error\b`,
    String.raw`\bapi_error\b`,
  ),
  rule(
    "agent_error.provider_network",
    "(?:stream|connection) (?:was )?(?:disconnected|closed|reset|refused|aborted|lost|error)",
    "stream (?:ended|disconnected) (?:before|unexpectedly)",
    String.raw`\b(?:ECONN(?:RESET|REFUSED|ABORTED)|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b`,
    "getaddrinfo",
    String.raw`\bdns\b`,
    "could not resolve",
    "socket hang up",
    "fetch failed",
    // The HTTP client of Node reports a body that broke off with this one word.
    "api error: terminated",
    "network (?:error|is unreachable|failure)",
    "error sending request",
    "unexpected (?:eof|end of file)",
    "(?:tls|ssl) (?:handshake|error)",
    "unable to (?:verify|get).{0,30}certificate",
  ),
  rule(
    "agent_error.model_not_found_or_unavailable",
    "model[ _]not[ _](?:found|available|supported)",
    "(?:unknown|no such|invalid|unsupported) model",
    String.raw`\bmodel\b[^.\n]{0,80}(?:does not exist|not found|is not (?:available|supported)|isn't available|may not exist)`,
    "issue with the selected model",
  ),
  rule(
    "agent_error.empty_or_unparseable_output",
    "empty (?:output|response|reply|answer)",
    "no output",
    "unpars(?:e)?able",
    "malformed (?:json|output|response)",
    "(?:could not|cannot|failed to) parse (?:the )?(?:output|reply|response)",
    "without (?:a )?(?:result|terminal event)",
  ),
  rule("agent_error.agent_timeout", String.raw`timed? ?out\b`, "deadline exceeded", "time limit"),
  rule(
    "agent_error.runtime_missing_executable",
    String.raw`\bENOENT\b`,
    "command not found",
    "no such file or directory",
    "executable (?:file )?not found",
    "exec format error",
    String.raw`\bENOEXEC\b`,
  ),
  rule(
    "agent_error.runtime_version_unsupported",
    String.raw`version\b[^\n]{0,60}(?:unsupported|not supported|too old|or (?:newer|later) is required)`,
    String.raw`unsupported (?:\w+ )?version`,
    "requires (?:at least )?(?:node(?:\\.js)? )?version",
    "please (?:update|upgrade) to",
  ),
  rule(
    "agent_error.process_failure",
    "exit(?:ed|s)? (?:with )?(?:code|status)",
    "exit code",
    String.raw`\bsig(?:kill|term|int|segv|abrt|hup|pipe)\b`,
    "killed by",
    String.raw`\bpanic(?:ked)?\b`,
    "segmentation fault",
    "core dumped",
    "crashed",
    "out of memory",
    "uncaught exception",
  ),
];

/**
 * Class of a failure from its text, for CLIs that state no code of their own. `text` must be
 * complete: a cut could remove the words that decide.
 */
export function classifyFailureText(text: string): AgentFailure {
  return rules.find(([, pattern]) => pattern.test(text))?.[0] ?? "agent_error.unknown";
}
