/** A text of at most `mostBytes` UTF-8 bytes; `originalBytes` is set only when it was cut. */
export function cutText(
  text: string,
  mostBytes: number,
): { readonly text: string; readonly originalBytes: number | null } {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= mostBytes) return { text, originalBytes: null };
  let end = mostBytes;
  // Bytes of the form 10xxxxxx continue a character; cutting before one would split it.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { text: bytes.toString("utf8", 0, end), originalBytes: bytes.length };
}
