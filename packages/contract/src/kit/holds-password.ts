/**
 * Whether an address carries a password. Addresses are shown, logged and handed to programs; the
 * machines that use them have credentials of their own.
 */
export function holdsPassword(url: string): boolean {
  return /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/?#\s@]*:[^/?#\s@]+@/i.test(url);
}

export const passwordRefused =
  "holds a password; leave it out, because machines use their own Git credentials";
