let csrfToken: string | null = null;

/** The token that every write of this session carries; null before sign-in. */
export function currentCsrfToken(): string | null {
  return csrfToken;
}

/** Remembers the token that bootstrap or a sign-in returned. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}
