/** The mark at the start tells spreadsheets that the names are UTF-8. */
const byteOrderMark = "\uFEFF";

/** Hands a table to the browser as a file. */
export function saveCsv(name: string, content: string): void {
  const url = URL.createObjectURL(
    new Blob([byteOrderMark, content], { type: "text/csv;charset=utf-8" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
