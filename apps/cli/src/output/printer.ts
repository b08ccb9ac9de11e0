import type { Language } from "../language/language.ts";
import { translateSentences } from "../language/translate.ts";
import { displayWidth, padToWidth } from "./display-width.ts";
import type { Ink } from "./ink.ts";
import { safeLine, safeText } from "./safe-text.ts";
import { type Column, tableLines } from "./table.ts";

/** Prints results for people on stdout. */
export type Printer = {
  /** Ids in tables: shortened to what is unique among them, whole with `--full-id`. */
  readonly shortIds: (ids: readonly string[]) => (id: string | null | undefined) => string;
  readonly line: (text: string) => void;
  readonly table: <Row>(rows: readonly Row[], columns: readonly Column<Row>[]) => void;
  readonly fields: (fields: readonly (readonly [string, string | number | null])[]) => void;
  /** What the server says in English, in the person's language where that is known. */
  readonly said: (text: string) => string;
  /** A line on stderr, unless `--quiet`. */
  readonly hint: (text: string) => void;
  /** What bars and curves may be drawn with. */
  readonly ink: Ink;
};

export type PrinterOptions = {
  readonly write: (text: string) => void;
  readonly hint: (text: string) => void;
  /** 0 for anything that is not a terminal: nothing is cut there. */
  readonly columns: number;
  readonly colour: boolean;
  readonly fullId: boolean;
  readonly ink: Ink;
  /** English unless stated. */
  readonly language?: Language;
};

export function makePrinter(options: PrinterOptions): Printer {
  const dim = (text: string): string => (options.colour ? `\u{1B}[2m${text}\u{1B}[22m` : text);
  return {
    hint: options.hint,
    ink: options.ink,
    said: (text) => translateSentences(text, options.language ?? "en"),
    line: (text) => options.write(`${safeText(text)}\n`),
    table(rows, columns) {
      if (rows.length === 0) return options.hint("Nothing found.");
      const [titles = "", ...lines] = tableLines(rows, columns, options.columns);
      options.write(`${dim(titles)}\n${lines.map((text) => `${text}\n`).join("")}`);
    },
    fields(fields) {
      const width = Math.max(...fields.map(([name]) => displayWidth(name)));
      for (const [name, value] of fields) {
        const text = safeLine(String(value ?? "")) || "–";
        options.write(`${dim(padToWidth(name, width))}  ${text}\n`);
      }
    },
    shortIds(ids) {
      if (options.fullId) return (id) => id ?? "";
      const length = uniquePrefixLength(ids);
      return (id) => (id ?? "").slice(0, length);
    },
  };
}

const shortest = 8;

/** Ids start with their time of creation, so those made together differ only further on. */
export function uniquePrefixLength(ids: readonly string[]): number {
  const distinct = new Set(ids).size;
  for (let length = shortest; length < 36; length += 1) {
    if (new Set(ids.map((id) => id.slice(0, length))).size === distinct) return length;
  }
  return 36;
}
