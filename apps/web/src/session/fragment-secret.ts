/** The one-time secret behind the # of this page's address; it never leaves the browser by itself. */
export function fragmentSecret(): string | null {
  const secret = decodeURIComponent(location.hash.slice(1)).trim();
  return secret === "" ? null : secret;
}
