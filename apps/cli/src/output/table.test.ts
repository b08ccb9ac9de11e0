import { expect, test } from "vitest";
import { cutToWidth, displayWidth, padToWidth } from "./display-width.ts";
import { makePrinter, uniquePrefixLength } from "./printer.ts";
import { tableLines, type Column } from "./table.ts";

type Row = { readonly key: string; readonly title: string; readonly cost: string };
const columns: readonly Column<Row>[] = [
  { title: "KEY", value: (row) => row.key },
  { title: "TITLE", value: (row) => row.title, shrinks: true },
  { title: "COST", value: (row) => row.cost, align: "right" },
];

test.each([
  ["plain", 5],
  ["修复登录", 8],
  ["ｗｉｄｅ", 8],
  ["한글", 4],
  ["café", 4],
  ["cafe\u{301}", 4],
  ["🚀 go", 5],
  ["👩‍💻", 2],
  ["", 0],
])("%s takes %i columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test("text is cut before the column that it would cross, never in the middle of a wide character", () => {
  expect(cutToWidth("修复登录页面", 7)).toBe("修复登…");
  expect(cutToWidth("修复登录页面", 6)).toBe("修复…");
  expect(displayWidth(cutToWidth("修复登录页面", 6))).toBeLessThanOrEqual(6);
  expect(cutToWidth("short", 5)).toBe("short");
  expect(padToWidth("页", 4)).toBe("页  ");
  expect(padToWidth("7", 3, "right")).toBe("  7");
});

test("columns line up whatever the script", () => {
  const lines = tableLines(
    [
      { key: "ACME-1", title: "修复登录页面", cost: "$1.20" },
      { key: "ACME-12", title: "Plain", cost: "$0.01" },
    ],
    columns,
    0,
  );
  expect(lines).toEqual([
    "KEY      TITLE          COST",
    "ACME-1   修复登录页面  $1.20",
    "ACME-12  Plain         $0.01",
  ]);
  expect(new Set(lines.map((line) => displayWidth(line))).size).toBe(1);
});

test("a table fits the terminal: the columns that may shrink do", () => {
  const rows = [{ key: "ACME-1", title: "very long ".repeat(30), cost: "$1.20" }];
  for (const line of tableLines(rows, columns, 80)) {
    expect(displayWidth(line)).toBeLessThanOrEqual(80);
  }
  expect(tableLines(rows, columns, 80)[1]).toMatch(/^ACME-1 {2}very long .*… {2}\$1\.20$/);
});

test("text from elsewhere cannot command the terminal or break a row", () => {
  const evil = "a\u{1B}[31mb\u{1B}]0;title\u{7}c\nd\te\u{202E}f";
  expect(tableLines([{ key: evil, title: "", cost: "" }], columns, 0)[1]).toBe(
    "abc d ef  –         –",
  );
  let written = "";
  const printer = makePrinter({
    ink: "ascii",
    write: (text) => {
      written += text;
    },
    hint: () => {},
    columns: 0,
    colour: false,
    fullId: false,
  });
  printer.line("x\u{1B}[2Jy\nz");
  expect(written).toBe("xy\nz\n");
});

test("ids are as short as they can be and still tell the rows apart", () => {
  expect(uniquePrefixLength(["01a1fef1-327c", "02b1fef1-327c"])).toBe(8);
  expect(uniquePrefixLength(["01a1fef1-327c-73d1", "01a1fef1-327d-73d1"])).toBe(13);
  expect(uniquePrefixLength([])).toBe(8);
});
