/** A key of an issue, as a text names it. */
export type NamedKey = {
  /** In capitals. */
  readonly prefix: string;
  readonly number: number;
  /** A word such as "closes" or "fixes" stands directly before it. */
  readonly isClosed: boolean;
};

/** Letters and digits around it make it a part of something else, and so does a further part of a version. */
const key = /(?<![\p{L}\p{N}])([A-Za-z0-9]{1,10})-([1-9]\d{0,9})(?![\p{L}\p{N}]|\.\d)/gu;

/**
 * The words by which GitHub links a pull request to what it closes, with a colon or without; the
 * key may be the text of a link.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
const closingWord =
  /(?<![\p{L}\p{N}_])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?::[ \t]{0,4}|[ \t]{1,4})\[?$/iu;
const longestClosingWord = "resolved".length + ": \t \t[".length + 1;
const mostNumber = 2_147_483_647;

/** Every key that a text names as a whole word, in any case, in order; also the same one again. */
export function findIssueKeys(text: string): readonly NamedKey[] {
  return Array.from(text.matchAll(key), ({ index, 1: prefix = "", 2: number = "" }) => ({
    prefix: prefix.toUpperCase(),
    number: Number(number),
    isClosed: closingWord.test(text.slice(Math.max(0, index - longestClosingWord), index)),
  })).filter((found) => found.number <= mostNumber);
}
