export type SecretPattern = {
  readonly name: string;
  /**
   * The group `secret` is what must not be shown; without one all of the match is. Everything before the point at which it is known to match is bounded, so that a text which
   * almost matches everywhere costs time in proportion to its length. Global and with indices.
   */
  readonly pattern: RegExp;
  /** Source of a pattern that matches somewhere in every match, and hardly ever in other text. */
  readonly mark: string;
};

/**
 * Longest piece of text that a pattern needs to see before it is known whether it matches. Patterns
 * keep below it, which a test checks.
 */
export const patternReach = 1_024;

/** Starts where no letter of a word came before; unlike `\b` also not behind a dash. */
const fresh = String.raw`(?<![\w-])`;
const word = String.raw`(?<!\w)`;
/** Longest key there is; a longer run of letters is something else. */
const tail = "4096";

/**
 * Keys by the marks that their vendors give them. Own words and vendors' documentation. What stands
 * between ⟨ and ⟩ is the mark of a pattern.
 */
const vendorKeys: Readonly<Record<string, string>> = {
  "own token": `⟨${word}hc[a-z]_⟩[A-Za-z0-9_-]{12,${tail}}`,
  "anthropic, openai, deepseek, moonshot or openrouter key": `⟨${word}sk-⟩[A-Za-z0-9_-]{16,${tail}}`,
  "github token": `⟨${word}(?:gh[opsur]|github_pat)_⟩[A-Za-z0-9_]{20,${tail}}`,
  "gitlab token": `⟨${word}gl(?:pat|rt|dt|ptt|cbt|soat|ft|imt|agent)-⟩[A-Za-z0-9_.-]{16,${tail}}`,
  "google key": `⟨${word}AIza⟩[A-Za-z0-9_-]{30,${tail}}`,
  "google oauth token or secret": `⟨${word}(?:ya29\\.|GOCSPX-|1//0)⟩[A-Za-z0-9_-]{20,${tail}}`,
  "aws key id": `⟨${word}(?:AKIA|ASIA|ABIA|ACCA)⟩[A-Z0-9]{16}(?![A-Za-z0-9])`,
  "azure key": `⟨${word}(?:AccountKey|SharedAccessKey|sig)=⟩(?<secret>[A-Za-z0-9+/%]{32,${tail}}={0,2})`,
  "azure application secret": `(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}⟨\\dQ~⟩[A-Za-z0-9_~.-]{31,34}`,
  "slack token": `⟨${word}(?:xox[abeoprs]|xapp|xwfp)-⟩[A-Za-z0-9-]{10,${tail}}`,
  "slack or discord webhook": `⟨(?:hooks\\.slack\\.com/(?:services|workflows)|discord(?:app)?\\.com/api/webhooks)/⟩(?<secret>[A-Za-z0-9_/-]{16,${tail}})`,
  "discord token": `⟨${fresh}[MNO][A-Za-z\\d_-]{23,27}\\.⟩[\\w-]{6}\\.[\\w-]{27,45}`,
  "telegram token": `(?<!\\d)\\d{8,10}⟨:AA⟩[A-Za-z0-9_-]{32,36}`,
  "stripe key": `⟨${word}(?:[rs]k_(?:live|test)|whsec)_⟩[A-Za-z0-9+/]{16,${tail}}`,
  "square key": `⟨${word}sq0[a-z]{3}-⟩[A-Za-z0-9_-]{20,${tail}}`,
  "shopify token": `⟨${word}shp(?:at|ca|pa|ss)_⟩[A-Fa-f0-9]{32}`,
  "twilio key": `⟨${word}SK[0-9a-f]⟩[0-9a-f]{31}(?![0-9a-f])`,
  "sendgrid key": `⟨${word}SG\\.⟩[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}`,
  "mailgun key": `⟨${word}key-[0-9a-f]⟩[0-9a-f]{31}(?![0-9a-f])`,
  "mailchimp key": `${word}[0-9a-f]{31}⟨[0-9a-f]-us\\d⟩\\d?(?![0-9a-f])`,
  "npm token": `⟨${word}npm_⟩[A-Za-z0-9]{30,${tail}}`,
  "pypi token": `⟨${word}pypi-⟩[A-Za-z0-9_-]{40,${tail}}`,
  "rubygems key": `⟨${word}rubygems_⟩[0-9a-f]{40,64}`,
  "docker token": `⟨${word}dckr_(?:pat|oat)_⟩[A-Za-z0-9_-]{20,${tail}}`,
  "hugging face token": `⟨${word}(?:hf|api_org)_⟩[A-Za-z0-9]{30,${tail}}`,
  "xai, groq, perplexity, cerebras or replicate key": `⟨${word}(?:xai-|gsk_|pplx-|csk-|r8_)⟩[A-Za-z0-9]{20,${tail}}`,
  "fireworks, together or nvidia key": `⟨${word}(?:fw_|tgp_v1_|nvapi-)⟩[A-Za-z0-9_-]{20,${tail}}`,
  "digitalocean token": `⟨${word}do[opr]_v1_⟩[0-9a-f]{40,64}`,
  "databricks token": `⟨${word}dapi[0-9a-f]⟩[0-9a-f]{31}(?:-\\d)?`,
  "vault token": `⟨${word}hv[sbr]\\.⟩[A-Za-z0-9_-]{20,${tail}}`,
  "terraform token": `${word}[A-Za-z0-9]{14}⟨\\.atlasv1\\.⟩[A-Za-z0-9_=-]{50,80}`,
  "atlassian token": `⟨${word}AT(?:ATT|CTT|BB)⟩[A-Za-z0-9_=-]{20,${tail}}`,
  "linear, notion, figma or airtable key": `⟨${word}(?:lin_(?:api|oauth)_|ntn_|figd_|pat[A-Za-z0-9]{14}\\.)⟩[A-Za-z0-9_-]{20,${tail}}`,
  "vercel, netlify, supabase, planetscale or doppler token": `⟨${word}(?:vc[pikra]_|nfp_|sbp_|sb_secret_|pscale_(?:tkn|pw|oauth)_|dp\\.(?:pt|st|ct|sa)\\.)⟩[A-Za-z0-9_.-]{20,${tail}}`,
  "grafana, sentry, new relic or posthog key": `⟨${word}(?:glsa_|glc_|sntry[su]_|NRAK-|NRII-|phx_)⟩[A-Za-z0-9_+/=-]{20,${tail}}`,
  "tailscale, fly or cloudflare key": `⟨${word}(?:tskey-[a-z]{2,12}-|fo1_|fm[12][ar]?_|v1\\.0-[0-9a-f]{24}-)⟩[A-Za-z0-9_+/=-]{16,${tail}}`,
  "age key": `⟨AGE-SECRET-KEY-1⟩[0-9A-Z]{40,80}`,
  "json web token": `⟨${fresh}eyJ⟩[A-Za-z0-9_-]{8,400}\\.[A-Za-z0-9_-]{8,${tail}}(?:\\.[A-Za-z0-9_-]{0,2048})?`,
};

/** Ends of names by which a value is a secret, whatever it looks like. */
const names =
  "(?:PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|SSH_KEY|ACCESS_KEY|SECRET_KEY|CONNECTION_STRING|API_?KEY)";
/** Quotes, also those of a text that is quoted once or twice more. */
const quote = String.raw`\\{0,3}["'\x60]`;
const gap = String.raw`[ \t]{0,20}`;
/** A value in quotes, up to its own closing quote, also inside of a text that is quoted itself. */
const inQuotes = [
  String.raw`"(?<secret>(?:[^"\\\r\n]|\\[^\r\n]){1,2000})`,
  String.raw`'(?<secret>(?:[^'\\\r\n]|\\[^\r\n]){1,2000})`,
  String.raw`\x60(?<secret>[^\x60\r\n]{1,2000})`,
  String.raw`\\{1,3}["'](?<secret>(?:[^"'\\\r\n]|\\{1,2}[^"'\\\r\n]){1,2000})`,
].join("|");

const places: Readonly<Record<string, readonly [source: string, flags: string]>> = {
  // Without its end, when the text was cut, everything behind it is taken for the key.
  "private key block": [
    String.raw`⟨-----BEGIN ⟩[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----END)[^]){0,20000}(?:-----END [A-Z0-9 ]{0,60}-----)?`,
    "",
  ],
  "putty key": [
    String.raw`⟨Private-Lines: ⟩\d{1,4}\s{1,4}(?<secret>[A-Za-z0-9+/=\s]{32,8000})`,
    "",
  ],
  "authorization header": [
    String.raw`(?<!\w)(?:proxy-)?⟨authorization(?:${quote})?${gap}[:=]⟩${gap}(?:${quote})?(?:bearer|basic|token|digest|apikey)[ \t]{1,20}(?<secret>[^\s"'\\,;]{1,4096})`,
    "i",
  ],
  "bearer token": [
    String.raw`⟨(?<!\w)bearer[ \t]⟩[ \t]{0,19}(?<secret>[A-Za-z0-9._~+/=-]{16,4096})`,
    "i",
  ],
  "key header": [
    String.raw`⟨(?<!\w)(?:x-(?:api|auth|goog-api)-(?:key|token)|api-key|private-token|x-vault-token|x-access-token)⟩(?:${quote})?${gap}[:=]${gap}(?:${quote})?(?<secret>[^\s"'\\,;]{6,4096})`,
    "i",
  ],
  cookie: [
    String.raw`(?<!\w)(?:set-)?⟨cookie(?:${quote})?${gap}[:=]⟩${gap}(?:${quote})?[\w.-]{1,100}=(?<secret>[^\s"'\\,;]{16,4096})`,
    "i",
  ],
  "named secret": [
    String.raw`(?<!\w)[A-Za-z0-9_]{0,100}⟨${names}(?:${quote})?${gap}[:=]⟩${gap}(?:${inQuotes}|(?!(?:process|os|env|import|config|settings)[.[])(?<secret>[^\s"'\x60\\,;&)(\]}]{6,4096}))`,
    "",
  ],
  // In small letters a name stands in programs as well, where what follows is no value.
  "quoted secret": [
    String.raw`(?<!\w)[a-z0-9_-]{0,100}⟨(?:password|passwd|passphrase|secret|(?:access|refresh|id|auth|session)_?token|api_?key|private_?key|access_?key|connection_?string)(?:${quote})?${gap}[:=]⟩${gap}(?:${inQuotes})`,
    "i",
  ],
  "secret option": [
    String.raw`⟨(?<![\w-])--?(?:[a-z]{1,20}-){0,3}(?:password|passwd|passphrase|secret|token|api-?key|access-key)(?:=|[ \t]{1,4})⟩(?:${quote})?(?<secret>[^\s"'\x60$\\-][^\s"'\x60\\]{5,2000})`,
    "i",
  ],
  "credentials in a url": [
    String.raw`(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}⟨:\/\/[^\s:/@"'<>]{0,200}:⟩(?<secret>[^\s/@"'<>]{1,256})(?=@)`,
    "i",
  ],
};

function patternOf(name: string, source: string, flags: string): SecretPattern {
  const mark = /⟨(.*)⟩/.exec(source)?.[1];
  if (mark === undefined) throw new Error(`The pattern of a ${name} has no mark`);
  const whole = source.replace("⟨", "(?:").replace("⟩", ")");
  return { name, mark, pattern: new RegExp(whole, `gd${flags}`) };
}

/** Shapes of secrets that are recognised without knowing their value. */
export const secretPatterns: readonly SecretPattern[] = [
  ...Object.entries(vendorKeys).map(([name, source]) => patternOf(name, source, "")),
  ...Object.entries(places).map(([name, [source, flags]]) => patternOf(name, source, flags)),
];
