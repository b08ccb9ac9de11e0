const wide = new RegExp(
  "[\\u1100-\\u115F\\u2E80-\\u303E\\u3041-\\u33FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uA000-\\uA4CF\\uA960-\\uA97C\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFE30-\\uFE6F\\uFF00-\\uFF60\\uFFE0-\\uFFE6\\u{1F300}-\\u{1F64F}\\u{1F680}-\\u{1F6FF}\\u{1F900}-\\u{1F9FF}\\u{1FA70}-\\u{1FAFF}\\u{20000}-\\u{3FFFD}]",
  "u",
);
const invisible = /[\p{Mn}\p{Me}\p{Cf}]/u;
const joiner = "\u{200D}";

/** Columns that a text takes on a terminal: East Asian wide characters and emoji take two. */
export function displayWidth(text: string): number {
  let width = 0;
  let joined = false;
  for (const character of text) {
    if (!joined) width += characterWidth(character);
    joined = character === joiner;
  }
  return width;
}

function characterWidth(character: string): number {
  if (character < "\u{300}") return 1;
  if (invisible.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Cuts to at most `columns`, ending in `…` when something was left out. */
export function cutToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    const next = width + characterWidth(character);
    if (next > columns - 1) break;
    kept += character;
    width = next;
  }
  return `${kept.trimEnd()}…`;
}

/** Pads with blanks on the right, or on the left where numbers shall line up. */
export function padToWidth(
  text: string,
  columns: number,
  align: "left" | "right" = "left",
): string {
  const blanks = " ".repeat(Math.max(0, columns - displayWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}
