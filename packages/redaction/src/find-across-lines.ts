import type { Interval } from "./intervals.ts";

/**
 * What stands between two lines of base64, which programs break after 60 to 76 signs (RFC 2045 §6.8,
 * RFC 7468 §2), also inside of a JSON string.
 */
const lineBreak = /(?<=[A-Za-z0-9+/_-]{40})(?:\r?\n|(?:\\r)?\\n)(?=[A-Za-z0-9+/_-])/g;
const shortestLine = 40;
const longestBreak = 4;

/** How long a form can get that is broken into lines. */
export function lengthInLines(length: number): number {
  return length + Math.ceil(length / shortestLine) * longestBreak;
}

/** Where something stands in a text once the lines of its base64 are joined. */
export function findAcrossLines(
  text: string,
  find: (joined: string) => readonly Interval[],
): Interval[] {
  const breaks = [...text.matchAll(lineBreak)];
  if (breaks.length === 0) return [];
  const pieces: { readonly joinedAt: number; readonly at: number }[] = [];
  let joined = "";
  let at = 0;
  for (const { index, 0: between } of breaks) {
    pieces.push({ joinedAt: joined.length, at });
    joined += text.slice(at, index);
    at = index + between.length;
  }
  pieces.push({ joinedAt: joined.length, at });
  joined += text.slice(at);
  const placeOf = (place: number): number => {
    const piece = pieces.findLast(({ joinedAt }) => joinedAt <= place);
    return piece === undefined ? place : place - piece.joinedAt + piece.at;
  };
  return find(joined).map(({ start, end }) => ({
    start: placeOf(start),
    end: placeOf(end - 1) + 1,
  }));
}
