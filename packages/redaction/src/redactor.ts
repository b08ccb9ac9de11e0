import { secretPatterns } from "./secret-patterns.ts";

/** What stands in the place of a secret. */
export const redacted = "[redacted]";

export type RedactorOptions = {
  /** Exact values that must never be shown; short ones are ignored, they would hit ordinary words. */
  readonly secrets: readonly string[];
  /** Home folders shown as `~`, longest first. */
  readonly homes: readonly string[];
};

export type Redactor = {
  /** Removes secrets from a complete text. */
  readonly redact: (text: string) => string;
  /** Starts a text that arrives in chunks; a secret split over chunks is found as well. */
  readonly stream: () => RedactingStream;
};

export type RedactingStream = {
  /** Returns what can be shown already; the rest is held back. */
  push(chunk: string): string;
  end(): string;
};

const shortestSecret = 6;
/** Enough for any key by its shape; longer exact values extend it. */
const patternReach = 512;
/** After this many places the text is held back until more of it has come. */
const mostCutTries = 32;

/** Replaces key-shaped texts. */
export function redactPatterns(text: string): string {
  let result = text;
  for (const { pattern, keep } of secretPatterns) {
    result = result.replaceAll(pattern, keep === undefined ? redacted : `$<${keep}>${redacted}`);
  }
  return result;
}

/** Makes a redactor for one run: exact values in plain, base64 and URL form, key shapes, home paths. */
export function createRedactor(options: RedactorOptions): Redactor {
  const values = [...new Set(options.secrets.filter((value) => value.length >= shortestSecret))]
    .flatMap((value) => formsOf(value))
    .toSorted((left, right) => right.length - left.length);
  const homes = options.homes
    .filter((home) => home.length > 1)
    .toSorted((left, right) => right.length - left.length);
  const reach = Math.max(patternReach, (values[0]?.length ?? 0) + 1);

  const redact = (text: string): string => {
    let result = text;
    for (const value of values) result = result.replaceAll(value, redacted);
    result = redactPatterns(result);
    for (const home of homes) result = replaceHome(result, home);
    return result;
  };

  return {
    redact,
    stream() {
      let held = "";
      return {
        push(chunk) {
          held += chunk;
          const cut = safeCut(held, reach, redact);
          const ready = held.slice(0, cut);
          held = held.slice(cut);
          return ready === "" ? "" : redact(ready);
        },
        end() {
          const rest = held;
          held = "";
          return redact(rest);
        },
      };
    },
  };
}

/**
 * Where a text may be cut without splitting a secret: at white space that is at least `reach`
 * before its end, so that nothing that could still grow into a secret is released, and only where
 * both halves come out as they would together.
 */
function safeCut(text: string, reach: number, redact: (text: string) => string): number {
  const limit = text.length - reach;
  if (limit <= 0) return 0;
  const whole = redact(text);
  let tries = 0;
  for (let at = limit; at > 0 && tries < mostCutTries; at -= 1) {
    if (!/\s/.test(text[at - 1] ?? "")) continue;
    tries += 1;
    if (redact(text.slice(0, at)) + redact(text.slice(at)) === whole) return at;
  }
  return 0;
}

function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value, "utf8");
  const encoded = encodeURIComponent(value);
  return [
    value,
    encoded,
    encoded.replaceAll("%20", "+"),
    JSON.stringify(value).slice(1, -1),
    ...base64Forms(bytes),
  ].filter((form) => form.length >= shortestSecret);
}

/** Base64 at each of the three alignments: what stays the same wherever the value stands in a text. */
function base64Forms(bytes: Buffer): readonly string[] {
  const forms = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    const text = shifted.toString("base64").replace(/=+$/, "");
    const start = [0, 2, 3][offset] ?? 0;
    const spill = shifted.length % 3 === 0 ? 0 : 1;
    const stable = text.slice(start, text.length - spill);
    return [stable, stable.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return forms.filter((form) => form.length >= 8);
}

/** Only whole path segments: `/home/ann` is not part of `/home/anna`. */
function replaceHome(text: string, home: string): string {
  const trimmed = home.replace(/[/\\]+$/, "");
  const escaped = trimmed.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return text.replaceAll(new RegExp(`${escaped}(?![\\w.-])`, "g"), "~");
}
