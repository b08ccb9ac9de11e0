import type { Interval } from "./intervals.ts";

export type HomeReplacer = {
  readonly find: (text: string) => Interval[];
  readonly replace: (text: string) => string;
  /** Length of the longest home. */
  readonly longest: number;
};

/** Shows home folders as `~`. Only whole path segments: `/home/ann` is not part of `/home/anna`. */
export function homeReplacer(homes: readonly string[]): HomeReplacer {
  const trimmed = homes
    .map((home) => home.replace(/[/\\]+$/, ""))
    .filter((home) => home.length > 1)
    .toSorted((left, right) => right.length - left.length);
  if (trimmed.length === 0) return { find: () => [], replace: (text) => text, longest: 0 };
  const names = trimmed
    .map((home) => home.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("|");
  const pattern = new RegExp(`(?:${names})(?![\\w.-])`, "g");
  return {
    longest: trimmed[0]?.length ?? 0,
    find: (text) =>
      [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
        start: index,
        end: index + length,
      })),
    replace: (text) => text.replaceAll(pattern, "~"),
  };
}
