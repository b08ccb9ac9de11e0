import { isMap, parseDocument } from "yaml";

/** `SKILL.md` taken apart. */
export type SkillDocument = {
  readonly name: string | null;
  readonly description: string | null;
  /** Front matter besides name and description, YAML. */
  readonly frontMatter: string;
  readonly instructions: string;
};

const mostCharacters = 16_384;

/**
 * Reads the front matter of a skill. Where it is no YAML, which is common because descriptions are
 * often written without quotes, the two known lines are read as they stand and the rest is dropped.
 */
export function splitFrontMatter(text: string): SkillDocument {
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const match = /^---[ \t]*\n(?<head>[\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/m.exec(plain);
  const head = match?.groups?.["head"];
  if (!match || match.index !== 0 || head === undefined || head.length > mostCharacters) {
    return { name: null, description: null, frontMatter: "", instructions: plain };
  }
  const instructions = plain.slice(match[0].length).replace(/^\n+/, "");
  const document = parseDocument(head, { strict: false, logLevel: "silent" });
  if (document.errors.length > 0 || !isMap(document.contents)) {
    return {
      name: lineOf(head, "name"),
      description: lineOf(head, "description"),
      frontMatter: "",
      instructions,
    };
  }
  const name = scalar(document.get("name"));
  const description = scalar(document.get("description"));
  document.delete("name");
  document.delete("description");
  const isEmpty = document.contents.items.length === 0;
  return {
    name,
    description,
    frontMatter: isEmpty ? "" : document.toString().trim(),
    instructions,
  };
}

function scalar(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

function lineOf(head: string, key: string): string | null {
  const found = new RegExp(`^${key}:[ \\t]*(.+)$`, "m").exec(head)?.[1]?.trim();
  return found === undefined || found === "" ? null : found.replace(/^(["'])(.*)\1$/, "$2");
}
