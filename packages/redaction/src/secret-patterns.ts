export type SecretPattern = {
  readonly name: string;
  readonly pattern: RegExp;
  /** Named group that stays in front of the replacement. */
  readonly keep?: string;
};

/** Shapes of keys that are recognised without knowing their value. Order: specific ones first. */
export const secretPatterns: readonly SecretPattern[] = [
  {
    name: "private key block",
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  { name: "own token", pattern: /\bhc[a-z]_[A-Za-z0-9_-]{12,}/g },
  { name: "anthropic or openai key", pattern: /\bsk-[A-Za-z0-9_-]{16,}/g },
  {
    name: "github token",
    pattern: /\b(?:gh[opsur]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  },
  { name: "gitlab token", pattern: /\bglpat-[A-Za-z0-9_-]{16,}/g },
  { name: "google key", pattern: /\bAIza[A-Za-z0-9_-]{30,}/g },
  { name: "google oauth token", pattern: /\bya29\.[A-Za-z0-9_-]{20,}/g },
  { name: "aws key id", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { name: "slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { name: "stripe key", pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { name: "npm token", pattern: /\bnpm_[A-Za-z0-9]{30,}/g },
  { name: "hugging face token", pattern: /\bhf_[A-Za-z0-9]{30,}/g },
  { name: "xai key", pattern: /\bxai-[A-Za-z0-9]{20,}/g },
  {
    name: "json web token",
    pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  },
  {
    name: "authorization header",
    pattern:
      /(?<front>\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+)[^\s"',;]+/gi,
    keep: "front",
  },
  {
    name: "bearer token",
    pattern: /(?<front>\bbearer\s+)[A-Za-z0-9._~+/=-]{16,}/gi,
    keep: "front",
  },
  {
    name: "key header",
    pattern: /(?<front>\b(?:x-api-key|api-key|x-goog-api-key)["']?\s*[:=]\s*["']?)[^\s"',;]{6,}/gi,
    keep: "front",
  },
  {
    name: "named secret",
    pattern:
      /(?<front>\b[A-Za-z0-9_]*(?:PASSWORD|SECRET|TOKEN|PRIVATE_KEY|SSH_KEY|ACCESS_KEY|SECRET_KEY|CONNECTION_STRING|API_KEY)["']?\s*[:=]\s*["']?)(?!\[redacted\])[^\s"',;&]{6,}/g,
    keep: "front",
  },
  {
    name: "password in json",
    pattern:
      /(?<front>"(?:password|passwd|secret|client_secret|access_token|refresh_token|id_token|api_?key)"\s*:\s*")[^"]+/gi,
    keep: "front",
  },
  {
    name: "credentials in a url",
    pattern: /(?<front>\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
    keep: "front",
  },
];
