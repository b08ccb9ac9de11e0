/** A cell: what people wrote, or a figure of ours, which is written as it is. Null is empty. */
export type CsvCell = { readonly text: string } | { readonly figure: number | string | null };

/**
 * Comma-separated values by RFC 4180: lines end with CRLF, cells with commas, quotes or breaks are
 * quoted. Texts that a spreadsheet would run as a formula get an apostrophe before them (OWASP, CSV
 * injection).
 */
export function csvText(titles: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [titles.map((text) => ({ text })), ...rows].map((cells) =>
    cells.map(cellText).join(","),
  );
  return `${lines.join("\r\n")}\r\n`;
}

function cellText(cell: CsvCell): string {
  if ("figure" in cell) return String(cell.figure ?? "");
  const harmless = /^[=+\-@\t\r\n]/.test(cell.text) ? `'${cell.text}` : cell.text;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
