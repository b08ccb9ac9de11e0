/** A line of an edit: taken away, put in, or kept around them. */
export type EditLine = { readonly sign: "-" | "+" | " "; readonly text: string };

const contextLines = 2;

/** The edit that a tool's input describes, as lines; null when it is none. */
export function editOf(input: unknown): readonly EditLine[] | null {
  if (typeof input !== "object" || input === null) return null;
  const fields = new Map<string, unknown>(Object.entries(input));
  const before = textOf(fields, ["old_string", "oldString", "old_text", "oldText"]);
  const after = textOf(fields, ["new_string", "newString", "new_text", "newText"]);
  if (before !== null && after !== null) return linesOfEdit(before, after);
  const content = textOf(fields, ["content", "file_text"]);
  const path = textOf(fields, ["file_path", "filePath", "path"]);
  if (content === null || path === null) return null;
  return content.split("\n").map((text) => ({ sign: "+", text }));
}

/** Lines that both texts begin and end with are context; what lies between was replaced. */
export function linesOfEdit(before: string, after: string): readonly EditLine[] {
  const old = before === "" ? [] : before.split("\n");
  const now = after === "" ? [] : after.split("\n");
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const room = Math.min(old.length, now.length) - head;
  while (tail < room && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const kept = (texts: readonly string[]) => texts.map((text): EditLine => ({ sign: " ", text }));
  return [
    ...kept(old.slice(Math.max(0, head - contextLines), head)),
    ...old.slice(head, old.length - tail).map((text): EditLine => ({ sign: "-", text })),
    ...now.slice(head, now.length - tail).map((text): EditLine => ({ sign: "+", text })),
    ...kept(old.slice(old.length - tail, old.length - tail + contextLines)),
  ];
}

function textOf(fields: ReadonlyMap<string, unknown>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === "string") return value;
  }
  return null;
}
