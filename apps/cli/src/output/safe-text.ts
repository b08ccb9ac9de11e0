const escape = "\\u{1B}";
const bell = "\\u{7}";
/** Colours and cursor movements, titles and links, and any other two-character command. */
const escapeSequence = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)|.)`,
  "gu",
);
/** Everything without a shape of its own except tabs and line breaks. */
const control = /(?![\t\n])[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

/**
 * Text from elsewhere without what a terminal would obey: escape sequences, control characters and
 * marks that reverse the reading direction. Line breaks and tabs stay.
 */
export function safeText(text: string): string {
  return text.replaceAll(escapeSequence, "").replaceAll(control, "");
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll(/\s+/g, " ").trim();
}
