import type { Interval } from "./intervals.ts";

export type RedactingStream = {
  /** Returns what can be shown already; the rest is held back. */
  push(chunk: string): string;
  end(): string;
};

export type StreamRules = {
  /** What lies further from the end than this is decided, whatever comes. */
  readonly reach: number;
  /** Parts that must not be cut in two. */
  readonly find: (text: string) => readonly Interval[];
  readonly hide: (text: string) => string;
};

/**
 * Redacts a text that arrives in chunks. Only what can no longer become a part of a secret is let
 * through; what is held back is bounded by the longest secret, not by the text.
 */
export function createRedactingStream({ reach, find, hide }: StreamRules): RedactingStream {
  let held = "";
  return {
    push(chunk) {
      held += chunk;
      const cut = safeCut(held, held.length - reach, find);
      if (cut <= 0) return "";
      const ready = held.slice(0, cut);
      held = held.slice(cut);
      return hide(ready);
    },
    end() {
      const rest = held;
      held = "";
      return hide(rest);
    },
  };
}

/**
 * The last place up to `limit` where both sides come out as they would together: between words,
 * because a word tells what may begin in it, and outside of everything that was found.
 */
function safeCut(text: string, limit: number, find: StreamRules["find"]): number {
  if (limit <= 0) return 0;
  const parts = find(text);
  let at = wordEnd(text, limit);
  for (let part = holder(parts, at); part !== undefined; part = holder(parts, at)) {
    at = wordEnd(text, part.start);
  }
  return at;
}

/** The part that a cut there would split, or that could still grow from there. */
function holder(parts: readonly Interval[], at: number): Interval | undefined {
  return parts.find(({ start, end }) => start < at && at < end);
}

/** Text without any blank is cut all the same, but never inside a surrogate pair. */
const longestWord = 4_096;

function wordEnd(text: string, limit: number): number {
  const lowest = Math.max(0, limit - longestWord);
  for (let at = limit; at > lowest; at -= 1) {
    if (/\s/.test(text[at - 1] ?? "")) return at;
  }
  if (lowest === 0) return 0;
  const unit = text.charCodeAt(limit - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? limit - 1 : limit;
}
