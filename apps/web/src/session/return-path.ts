import { safeReturn } from "./safe-return.ts";

const storageKey = "headcount.return";

/** Keeps where somebody wanted to go; the sign-in link opens in the same browser, often in another tab. */
export function rememberReturn(to: string): void {
  localStorage.setItem(storageKey, to);
}

/** Where to go after signing in; used once. */
export function takeReturn(): string {
  const to = localStorage.getItem(storageKey);
  localStorage.removeItem(storageKey);
  return safeReturn(to ?? undefined);
}
