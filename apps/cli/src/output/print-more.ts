import type { Printer } from "./printer.ts";

/** Tells how to go on where a list has another page. */
export function printMore(page: { readonly nextCursor: string | null }, printer: Printer): void {
  if (page.nextCursor !== null) printer.hint(`There are more: add --cursor ${page.nextCursor}`);
}

/** Flags of lists that come in pages. */
export const pageOptions = {
  limit: { value: "N", count: true, summary: "entries per page, 50 unless stated, at most 100" },
  cursor: { value: "CURSOR", summary: "go on after the last page" },
} as const;

/** The part of a list's input that its paging flags stand for. */
export function pageInput(options: {
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
}): { limit?: number; cursor?: string } {
  return {
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
  };
}
