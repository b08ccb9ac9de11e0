/** Who wrote a text that an agent is shown. */
export type QuotedAuthor = {
  readonly type: "member" | "agent" | "system" | "daemon";
  readonly name: string;
};

/**
 * A text as data of its author: every line is marked with `> `, so no line of it can pass for one
 * of the platform's own, and characters that a reader would not see are spelt out.
 */
export function quoteText(text: string): string {
  const lines = visibleText(text.replace(/\r\n?/gu, "\n")).split("\n");
  return lines.map((line) => (line === "" ? ">" : `> ${line}`)).join("\n");
}

/** A quotation with a line before it that names its author and what it is. */
export function quoteFrom(what: string, author: QuotedAuthor, text: string): string {
  return `${what} by ${authorLabel(author)}:\n${quoteText(text)}`;
}

/** An author on one line: kind and quoted name, e.g. `member "Ann"`. */
export function authorLabel(author: QuotedAuthor): string {
  return `${author.type} "${visibleLine(author.name).replaceAll('"', "'")}"`;
}

/** A name or title on one line, nothing in it hidden. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/\s+/gu, " ").trim());
}

/**
 * Spells out what a reader of the rendered text would not see or would see in another order:
 * controls, invisible and bidirectional marks, tag characters, fillers and line separators that
 * are no newline. Emoji keep the joiners and selectors that they are made of.
 */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(emojiOrHidden, (found) => (isHidden(found) ? spelled(found) : found));
}

/** A whole emoji sequence (tried first, so that its joiners survive), or one hidden character. */
const emojiOrHidden =
  /\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?(?:\u200D\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)*|[0-9#*]\uFE0F\u20E3|(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

function isHidden(found: string): boolean {
  return !/^(?:\p{Extended_Pictographic}|[0-9#*])/u.test(found);
}

function spelled(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}
