const storageKey = "headcount.workspace";

/** The slug of the workspace that this browser showed last. */
export function lastWorkspaceSlug(): string | null {
  return localStorage.getItem(storageKey);
}

export function rememberWorkspace(slug: string): void {
  localStorage.setItem(storageKey, slug);
}
