const maxSlug = 48;
const maxPrefix = 10;

/** An address made from a name: lower-case words with hyphens; empty where a name has no Latin letters. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxSlug)
    .replace(/^-+|-+$/g, "");
}

/** An issue prefix made from an address: initials of several words, else its first letters. */
export function prefixOf(slug: string): string {
  const words = slug.split("-").filter(Boolean);
  const letters = words.length > 1 ? words.map((word) => word[0]).join("") : slug.slice(0, 3);
  return letters.toUpperCase().slice(0, maxPrefix);
}
