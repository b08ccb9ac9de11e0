/**
 * Text from elsewhere without what a terminal would obey: escape sequences, control characters and
 * marks that reverse the reading direction. Line breaks and tabs stay.
 */
export function safeText(text: string): string {
  return text
    .replaceAll(/\u{1B}(?:\[[0-?]*[ -/]*[@-~]|\][^\u{7}\u{1B}]*(?:\u{7}|\u{1B}\\)|.)/gu, "")
    .replaceAll(/[\u{0}-\u{8}\u{B}-\u{1F}\u{7F}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, "");
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll(/\s+/g, " ").trim();
}
