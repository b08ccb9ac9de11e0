/** How exactly usage is known, in one word or two; why not more exactly stands elsewhere. */
export function usageWord(coverage: { readonly level: "exact" | "partial" | "none" }): string {
  return coverage.level === "none" ? "no data" : coverage.level;
}

/** Whether a program has been tried for real, and in which version. */
export function verifiedWord(shown: {
  readonly verified: boolean;
  readonly verifiedVersion: string | null;
}): string {
  return shown.verified ? (shown.verifiedVersion ?? "yes") : "no";
}
