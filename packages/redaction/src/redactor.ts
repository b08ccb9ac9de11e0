import { findAcrossLines, lengthInLines } from "./find-across-lines.ts";
import { findKeyShapes } from "./find-key-shapes.ts";
import { homeReplacer } from "./home-replacer.ts";
import { type Interval, mergeIntervals, replaceIntervals } from "./intervals.ts";
import { createRedactingStream, type RedactingStream } from "./redacting-stream.ts";
import { patternReach } from "./secret-patterns.ts";
import { createValueFinder } from "./value-finder.ts";
import { formsOfValue, shortestSecret } from "./value-forms.ts";

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

/** Replaces key-shaped texts. */
export function redactPatterns(text: string): string {
  const parts = mergeIntervals(findKeyShapes(text));
  return replaceIntervals(text, parts, { mark: redacted, keep: (rest) => rest });
}

/** Makes a redactor for one run: exact values in every usual form, key shapes, home paths. */
export function createRedactor(options: RedactorOptions): Redactor {
  const secrets = options.secrets.filter((value) => value.trim().length >= shortestSecret);
  const forms = [...new Set(secrets)].flatMap((value) => formsOfValue(value));
  const findForms = createValueFinder(forms);
  const findValues = (text: string): readonly Interval[] => [
    ...findForms(text),
    ...(forms.length === 0 ? [] : findAcrossLines(text, findForms)),
  ];
  const homes = homeReplacer(options.homes);
  const find = (text: string): readonly Interval[] =>
    mergeIntervals([...findValues(text), ...findKeyShapes(text)]);
  const findWhole = (text: string): readonly Interval[] =>
    mergeIntervals([
      ...findValues(text),
      ...findKeyShapes(text).map(({ known }) => known),
      ...homes.find(text),
    ]);
  const hide = (text: string, parts: readonly Interval[]): string =>
    replaceIntervals(text, parts, { mark: redacted, keep: homes.replace });
  const longest = forms.reduce((most, form) => Math.max(most, form.length), homes.longest);
  return {
    redact: (text) => hide(text, find(text)),
    stream: () =>
      createRedactingStream({
        reach: Math.max(patternReach, lengthInLines(longest) + 1),
        find: findWhole,
        hide: (text) => hide(text, find(text)),
      }),
  };
}
