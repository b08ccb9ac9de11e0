import type { RequestContext } from "./http-parts.ts";

/** Whether a request asks for CSV, by `format` or else by its Accept header. */
export function wantsCsv(c: RequestContext, raw: Record<string, unknown>): boolean {
  if (raw["format"] !== undefined) return raw["format"] === "csv";
  const [first = ""] = (c.req.header("accept") ?? "").split(/[,;]/);
  return first.trim().toLowerCase() === "text/csv";
}

export function replyWithCsv(c: RequestContext, text: string, name: string): Response {
  return c.body(text, 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${name}.csv"`,
  });
}
