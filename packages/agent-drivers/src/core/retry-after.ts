const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A month: anything longer is a misreading. */
const longestMs = 31 * 86_400_000;

/**
 * Milliseconds a provider asked to wait, read from an error text such as "retry after 20 seconds",
 * "try again in 1m30s" or "retry-after: 12" (a bare number is seconds). Null when it says nothing.
 */
export function retryAfterMs(text: string): number | null {
  const match =
    /(?:retry[- _]?after|(?:try|retry)(?:ing)? again (?:in|after)|resets? in)["']?\s*[:=]?\s*["']?((?:\d+(?:\.\d+)?\s*[a-z]*\s*)+)/i.exec(
      text,
    );
  const amounts = match?.[1];
  if (amounts === undefined) return null;
  let total = 0;
  for (const part of amounts.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/gi)) {
    const unit = unitName(part[2] ?? "");
    if (unit === null) break;
    total += Number(part[1]) * (unitMs[unit] ?? 0);
  }
  return total > 0 && total <= longestMs ? Math.round(total) : null;
}

function unitName(word: string): string | null {
  const lower = word.toLowerCase();
  if (lower === "" || /^s(ec(ond)?s?)?$/.test(lower)) return "s";
  if (/^(ms|milliseconds?)$/.test(lower)) return "ms";
  if (/^m(in(ute)?s?)?$/.test(lower)) return "m";
  if (/^h(ours?|rs?)?$/.test(lower)) return "h";
  if (/^d(ays?)?$/.test(lower)) return "d";
  return null;
}
