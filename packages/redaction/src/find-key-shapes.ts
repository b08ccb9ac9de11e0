import type { Interval } from "./intervals.ts";
import { type SecretPattern, secretPatterns } from "./secret-patterns.ts";

/** A secret, and the words in front of it by which it is known. */
export type KeyShape = Interval & { readonly known: Interval };

/** Patterns with the same flags, and whether a text has any of their marks. */
type PatternGroup = { readonly marks: RegExp; readonly patterns: readonly SecretPattern[] };

/** Nearly all text has no mark at all: it is looked through twice instead of once per pattern. */
const groups: readonly PatternGroup[] = [
  ...Map.groupBy(secretPatterns, ({ pattern }) => pattern.ignoreCase),
].map(([ignoresCase, patterns]) => ({
  marks: new RegExp(anyOf(patterns.map(({ mark }) => mark)), ignoresCase ? "i" : ""),
  patterns,
}));

/** Where a text has something that looks like a key. */
export function findKeyShapes(text: string): KeyShape[] {
  return groups.flatMap(({ marks, patterns }) =>
    marks.test(text) ? patterns.flatMap((shape) => findShape(shape, text)) : [],
  );
}

/** One pattern for all; what most of them begin with is asked for once. */
function anyOf(marks: readonly string[]): string {
  const start = "(?<!\\w)";
  const [atWords = [], others = []] = [true, false].map((isStart) =>
    marks.filter((mark) => mark.startsWith(start) === isStart),
  );
  const words = atWords.map((mark) => mark.slice(start.length));
  return [`${start}(?:${words.join("|")})`, ...others].join("|");
}

function findShape({ pattern }: SecretPattern, text: string): KeyShape[] {
  const found: KeyShape[] = [];
  for (const match of text.matchAll(pattern)) {
    const [from, to] = match.indices?.[0] ?? [0, 0];
    const [start, end] = match.indices?.groups?.["secret"] ?? [from, to];
    if (end > start) found.push({ start, end, known: { start: from, end: to } });
  }
  return found;
}
