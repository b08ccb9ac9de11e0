const keyPrefix = "headcount.reloaded.";

/** Whether this tab was never reloaded because this file is missing. */
export function mayReloadFor(file: string): boolean {
  return sessionStorage.getItem(keyPrefix + file) === null;
}

/** Reloads the page for the sake of a missing file, and remembers in this tab that it did. */
export function reloadFor(file: string): void {
  sessionStorage.setItem(keyPrefix + file, new Date().toISOString());
  location.reload();
}
