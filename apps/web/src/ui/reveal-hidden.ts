/** Characters that change what a reader sees without being seen: zero-width, bidirectional and soft marks. */
const hidden =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu;

const joiner = "\u200d";

/** Shows hidden characters by their code point, except joiners inside an emoji. */
export function revealHidden(text: string): string {
  return text.replace(hidden, (character, offset: number) => {
    if (character === joiner && joinsEmoji(text, offset)) return character;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `⟦U+${code}⟧`;
  });
}

function joinsEmoji(text: string, offset: number): boolean {
  const after = text.slice(offset + joiner.length);
  return (
    /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?$/u.test(text.slice(0, offset)) &&
    /^\p{Extended_Pictographic}/u.test(after)
  );
}
