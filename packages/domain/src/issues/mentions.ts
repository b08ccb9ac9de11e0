import type { AgentId, UserId } from "@headcount/contract/kit/ids";
import { ownWords } from "./own-words.ts";

/** Something that a text addresses. */
export type Mention =
  | { readonly type: "agent"; readonly id: AgentId; readonly name: string }
  | { readonly type: "member"; readonly id: UserId; readonly name: string }
  | { readonly type: "all"; readonly name: string };

const uuid = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const target = new RegExp(
  String.raw`\]\(\s*<?mention://(agent|member|all)/(${uuid}|all)?>?\s*\)`,
  "gu",
);

/**
 * Links `[@Name](mention://agent|member|all/<id>)` in a text's own words, in order, each target
 * once. What stands in code or in quotes is somebody else's or nobody's and does not count, and a
 * plain `@name` is only text.
 */
export function parseMentions(markdown: string): readonly Mention[] {
  const own = ownWords(markdown);
  const found = new Map<string, Mention>();
  for (const match of own.matchAll(target)) {
    const [, type, id] = match;
    const name = labelBefore(own, match.index);
    if (name === null) continue;
    const mention = toMention(type, id, name);
    if (mention !== null) found.set(mentionKey(mention), found.get(mentionKey(mention)) ?? mention);
  }
  return [...found.values()];
}

function toMention(type: string | undefined, id: string | undefined, name: string): Mention | null {
  if (type === "all") return { type: "all", name };
  if (id === undefined || id === "all") return null;
  // The pattern has matched a UUID of the right kind of thing, so it carries that brand.
  if (type === "agent") return { type: "agent", id: id.toLowerCase() as AgentId, name };
  return { type: "member", id: id.toLowerCase() as UserId, name };
}

const mentionKey = (mention: Mention): string =>
  mention.type === "all" ? "all" : `${mention.type}/${mention.id}`;

/** Names are far shorter; the bound keeps the reading of hostile texts linear. */
const longestLabel = 300;

/**
 * Reads a link's label backwards from its closing bracket, so that names may contain brackets,
 * balanced or escaped. Null unless the label begins with `@` and the link is no image.
 */
function labelBefore(text: string, closing: number): string | null {
  let depth = 1;
  const earliest = Math.max(0, closing - longestLabel);
  for (let index = closing - 1; index >= earliest && text[index] !== "\n"; index -= 1) {
    if (isEscaped(text, index)) continue;
    if (text[index] === "]") depth += 1;
    if (text[index] === "[") depth -= 1;
    if (depth > 0) continue;
    const isImage = text[index - 1] === "!" && !isEscaped(text, index - 1);
    const label = text
      .slice(index + 1, closing)
      .replace(/\\([[\]\\])/gu, "$1")
      .trim();
    return !isImage && label.startsWith("@") && label.length > 1 ? label.slice(1) : null;
  }
  return null;
}

function isEscaped(text: string, index: number): boolean {
  let slashes = 0;
  while (slashes < longestLabel && text[index - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}
