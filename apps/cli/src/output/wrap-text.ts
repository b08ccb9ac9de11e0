import { displayWidth, padToWidth } from "./display-width.ts";

const helpWidth = 80;

/** Breaks a text at blanks so that it fits 80 columns, each line indented. */
export function wrapText(text: string, indent: number): string {
  const blanks = " ".repeat(indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(longer) + indent > helpWidth) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => blanks + one).join("\n");
}

/** Names on the left, what they mean on the right; long names get a line of their own. */
export function twoColumns(rows: readonly (readonly [string, string])[], indent: number): string {
  const longest = Math.max(...rows.map(([name]) => displayWidth(name)));
  const nameWidth = Math.min(longest, 30) + 2;
  return rows
    .map(([name, meaning]) => {
      const text = wrapText(meaning, indent + nameWidth);
      const head = " ".repeat(indent) + name;
      if (displayWidth(name) > nameWidth - 2) return `${head}\n${text}`;
      return padToWidth(head, indent + nameWidth) + text.trimStart();
    })
    .join("\n");
}
