import type { Interval } from "./intervals.ts";
import { type SecretPattern, secretPatterns } from "./secret-patterns.ts";

/** A secret, and the words in front of it by which it is known. */
export type KeyShape = Interval & { readonly known: Interval };

/** Where a text has something that looks like a key. */
export function findKeyShapes(text: string): KeyShape[] {
  return secretPatterns.flatMap((shape) => findShape(shape, text));
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
