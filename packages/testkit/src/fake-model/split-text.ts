const PIECES = 3;

/** Cuts text into a few pieces, so that a stream has more than one delta. Never empty. */
export function splitText(text: string): readonly string[] {
  const characters = Array.from(text);
  const size = Math.max(1, Math.ceil(characters.length / PIECES));
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += size) {
    pieces.push(characters.slice(start, start + size).join(""));
  }
  return pieces.length > 0 ? pieces : [""];
}
