import type { FailureClass } from "./types.ts";

/** What is known about a failure; structured members win over text. */
export type FailureEvidence = {
  /** HTTP status of the provider, when the CLI states it as a number of its own. */
  readonly httpStatus?: number | null;
  /** Class the CLI's own code stands for, looked up by its mapper. */
  readonly code?: FailureClass | null;
  /** Complete, untruncated text. */
  readonly text: string;
};

/** A number that stands alone: neither part of a longer number nor of a decimal. */
function wholeNumber(pattern: string): RegExp {
  return new RegExp(`(?<![\\d.,])(?:${pattern})(?![\\d]|[.,]\\d)`);
}

type Rule = { readonly class: FailureClass; readonly patterns: readonly RegExp[] };

/** Order is meaning: the first rule that hits decides. Texts are lower case when they get here. */
const rules: readonly Rule[] = [
  {
    class: "context_overflow",
    patterns: [
      /context[ _-]?length/,
      /maximum context/,
      /prompt[ _]is[ _]too[ _]long|prompt_too_long/,
      /context window (limit|exceeded|is full)|exceeds? the context window|ran out of room in the model's context/,
      /model_context_window_exceeded|contextwindowexceeded/,
      /input is too long|token too long|exceeds the maximum number of tokens/,
    ],
  },
  {
    class: "missing_config",
    patterns: [
      /missing (environment variable|api key|configuration|config\b)/,
      /(api[ _]key|environment variable|provider|model)\b[^.\n]{0,40}\b(is )?(not set|not configured|is missing|must be set)/,
      /no (api key|provider|model|auth method)[^.\n]{0,20} (configured|found|set|selected)/,
      /could not (load|parse|read) (the )?config|invalid config(uration)?\b|config(uration)? file not found/,
    ],
  },
  {
    class: "provider_auth_or_access",
    patterns: [
      wholeNumber("401|403"),
      /not logged in|please (run )?\/?login|login required|sign in again/,
      /(invalid|incorrect|expired|revoked) (api[ _-]?key|x-api-key|token|credentials)/,
      /unauthori[sz]ed|authentication[ _](failed|error|required)|permission_error|forbidden|access denied/,
    ],
  },
  {
    class: "provider_quota_limit",
    patterns: [
      wholeNumber("402"),
      /usage limit|session limit reached|weekly limit|spend(ing)? limit|hit your limit/,
      /credit balance|out of credits|insufficient (credits?|funds|balance)|payment required/,
      /insufficient_(balance|quota|credits)|billing_error|quota (exceeded|exhausted|limit)|exceeded your (current )?quota/,
    ],
  },
  {
    class: "provider_capacity_or_rate_limit",
    patterns: [
      wholeNumber("429|529"),
      /rate[ _-]?limit|too many requests|slow down/,
      /overloaded|at capacity|high demand|resource[ _]exhausted/,
    ],
  },
  {
    class: "provider_server_error",
    patterns: [
      wholeNumber("5\\d\\d"),
      /internal[ _]server[ _]error|bad gateway|service unavailable|gateway time-?out|server_error/,
    ],
  },
  {
    class: "provider_network",
    patterns: [
      /stream (disconnected|closed|error)|connection (closed|reset|refused|error|aborted|lost)/,
      /econn(reset|refused|aborted)|epipe|enotfound|eai_again|etimedout|ehostunreach|enetunreach/,
      /\bdns\b|getaddrinfo|could not resolve|i\/o timeout|socket hang up|fetch failed|network (error|is unreachable)/,
      /error sending request|unexpected (eof|end of file)|tls handshake|certificate/,
    ],
  },
  {
    class: "model_not_found_or_unavailable",
    patterns: [
      /model[ _]not[ _](found|available|supported)|unknown model|no such model|invalid model/,
      /model\b[^.\n]{0,80}\b(does not exist|not found|is not available|is not supported|isn't available)/,
      /selected model[^.\n]{0,60}(may not exist|no access)/,
    ],
  },
  {
    class: "empty_or_unparseable_output",
    patterns: [
      /empty (output|response|reply)|no output|unparse?able|malformed (json|output)|could not parse the (output|reply)/,
    ],
  },
  { class: "agent_timeout", patterns: [/timed? ?out|deadline exceeded|time limit/] },
  {
    class: "runtime_missing_executable",
    patterns: [
      /enoent|command not found|no such file or directory|exec format error|enoexec|native binary not installed|postinstall script was not run/,
    ],
  },
  {
    class: "runtime_version_unsupported",
    patterns: [
      /version[^\n]{0,60}(unsupported|not supported|too old)|requires? (at least )?version|please (update|upgrade) to/,
    ],
  },
  {
    class: "process_failure",
    patterns: [
      /exit(ed)? (with )?(code|status)|exit code|signal|sig(kill|term|int|segv|abrt)|panic|segmentation fault|crashed|killed/,
    ],
  },
];

/** Finds the class of a failure. */
export function classifyFailure(evidence: FailureEvidence): FailureClass {
  const code = evidence.code ?? "unknown";
  if (code !== "unknown") return code;
  const byStatus = classOfStatus(evidence.httpStatus ?? null);
  const byText = classOfText(evidence.text);
  // Providers answer an exhausted quota with the status of a rate limit.
  const quota = byStatus === "provider_capacity_or_rate_limit" && byText === "provider_quota_limit";
  return quota ? byText : (byStatus ?? byText);
}

function classOfText(text: string): FailureClass {
  const lower = text.toLowerCase();
  const hit = rules.find((rule) => rule.patterns.some((pattern) => pattern.test(lower)));
  return hit?.class ?? "unknown";
}

/** What an HTTP status says by itself; null where only the text can tell (400, 404, 413, …). */
export function classOfStatus(status: number | null): FailureClass | null {
  if (status === null) return null;
  if (status === 401 || status === 403) return "provider_auth_or_access";
  if (status === 402) return "provider_quota_limit";
  if (status === 429 || status === 529) return "provider_capacity_or_rate_limit";
  if (status >= 500 && status <= 599) return "provider_server_error";
  return null;
}
