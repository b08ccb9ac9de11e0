/**
 * Repositories as they are written on the command line: an address, and after `#` the branch, tag
 * or commit that work starts from.
 */
export function readRepositories(texts: readonly string[]): { url: string; ref: string | null }[] {
  return texts.map((text) => {
    const at = text.lastIndexOf("#");
    if (at <= 0) return { url: text, ref: null };
    return { url: text.slice(0, at), ref: text.slice(at + 1) || null };
  });
}

export const repositoryOption = {
  value: "URL",
  multiple: true,
  summary: "Git repository, `URL#BRANCH` for another start; repeat for several",
} as const;
