const mostLength = 64;

/**
 * The folder of a skill as agents know it: lower-case ASCII letters, digits and single hyphens, at
 * most 64 of them (agentskills.io, "name"). A name without any of them is told apart by its id.
 */
export function canonicalFolder(skill: { readonly name: string; readonly key: string }): string {
  const folder = cut(
    skill.name
      .normalize("NFKD")
      .replaceAll(/\p{Mark}+/gu, "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-"),
  );
  return folder === ""
    ? `skill-${cut(skill.key.toLowerCase().replaceAll(/[^a-z0-9]/g, "")).slice(-8)}`
    : folder;
}

function cut(text: string): string {
  return text.replace(/^-+/, "").slice(0, mostLength).replace(/-+$/, "");
}
