/** An address that a browser may open as a page; null for any other text. */
export function webAddress(url: string): URL | null {
  if (!URL.canParse(url)) return null;
  const address = new URL(url);
  return address.protocol === "https:" || address.protocol === "http:" ? address : null;
}
