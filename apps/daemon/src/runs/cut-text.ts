const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type CutText = {
  readonly text: string;
  /** Bytes before the cut; null when nothing was cut. */
  readonly originalBytes: number | null;
};

/** Keeps at most `maxBytes` bytes of UTF-8, ending on a whole character. */
export function cutText(text: string, maxBytes: number): CutText {
  if (text.length * 3 <= maxBytes) return { text, originalBytes: null };
  const bytes = encoder.encode(text);
  if (bytes.length <= maxBytes) return { text, originalBytes: null };
  return {
    text: decoder.decode(bytes.subarray(0, wholeEnd(bytes, maxBytes))),
    originalBytes: bytes.length,
  };
}

/** Splits into parts of at most `maxBytes` bytes, none of them inside a character. */
export function splitText(text: string, maxBytes: number): readonly string[] {
  const bytes = encoder.encode(text);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = wholeEnd(bytes, Math.min(bytes.length, start + maxBytes));
    parts.push(decoder.decode(bytes.subarray(start, end)));
    start = end;
  }
  return parts;
}

/** Bytes 10xxxxxx continue a character; a cut may not come before one. */
function wholeEnd(bytes: Uint8Array, end: number): number {
  let at = end;
  while (at > 0 && at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}
