import fc from "fast-check";
import { expect, it } from "vitest";
import { csvText } from "./csv-text.ts";

/** Reads cells as a spreadsheet does. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gsu;
  for (const [, cell = "", end] of text.matchAll(pattern)) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

it("is read back as it was, whatever is in the cells", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 })), (rows) => {
      const text = csvText(
        ["title"],
        rows.map((row) => row.map((cell) => ({ text: cell }))),
      );
      const expected = rows.map((row) =>
        row.map((cell) => (/^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell)),
      );
      expect(parse(text)).toEqual([["title"], ...expected]);
    }),
  );
});

it("disarms formulas in texts and leaves figures alone", () => {
  const text = csvText(
    ["a", "b", "c"],
    [[{ text: '=HYPERLINK("x")' }, { figure: "-0.5" }, { figure: null }]],
  );
  expect(text).toBe(`a,b,c\r\n"'=HYPERLINK(""x"")",-0.5,\r\n`);
});
