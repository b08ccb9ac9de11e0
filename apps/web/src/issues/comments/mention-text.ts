/** Somebody a writer has picked from the mention list. */
export type PickedMention = {
  readonly type: "agent" | "member";
  readonly id: string;
  readonly name: string;
};

/** Turns each picked `@Name` of a typed text into the link that addresses; others stay plain text. */
export function withMentionLinks(typed: string, picked: readonly PickedMention[]): string {
  const longestFirst = picked.toSorted((left, right) => right.name.length - left.name.length);
  return longestFirst.reduce((text, { type, id, name }) => {
    const plain = new RegExp(String.raw`(?<![\[\w])@${escapePattern(name)}(?![\w\]])`, "gu");
    return text.replace(plain, () => `[@${escapeLabel(name)}](mention://${type}/${id})`);
  }, typed);
}

/** The word after an `@` that is being typed at the caret; null when none is. */
export function mentionBeingTyped(
  typed: string,
  caret: number,
): { start: number; word: string } | null {
  const before = typed.slice(0, caret);
  const match = /(?:^|[\s(])@([^\s@]{0,40})$/u.exec(before);
  const word = match?.[1];
  if (word === undefined) return null;
  return { start: caret - word.length - 1, word };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function escapeLabel(name: string): string {
  return name.replace(/[[\]\\]/g, String.raw`\$&`);
}
