const entryPattern = /<script\b[^>]*\bsrc="(\/assets\/[^"]+\.js)"/;

/**
 * Whether a page of the server starts another app than the one that runs here. A page without an app,
 * such as a proxy's own, says nothing about that.
 *
 * @param page HTML that the server answers with at `/`
 * @param entry address of the script that started what runs here
 */
export function isOtherApp(page: string, entry: string): boolean {
  const offered = entryPattern.exec(page)?.[1];
  return offered !== undefined && offered !== entry;
}
