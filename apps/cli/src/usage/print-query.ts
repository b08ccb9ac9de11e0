import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import { drawCurve } from "../output/draw-curve.ts";
import type { Printer } from "../output/printer.ts";
import { queryColumns } from "./query-columns.ts";

const curveColumns = 60;

/** The rows of an answer with a total below; over time alone, a curve above. */
export function printQuery(body: UsageQueryReply, printer: Printer): void {
  const [metric] = body.metrics;
  const isSeries = body.groupBy.length === 1 && body.groupBy[0] === "time";
  const rows = isSeries
    ? body.rows.filter((row) =>
        Object.values(row.metrics).some((value) => Number(value ?? 0) !== 0),
      )
    : body.rows;
  if (metric !== undefined && isSeries && rows.length > 1) {
    const values = body.rows.map((row) => Number(row.metrics[metric] ?? 0));
    const title = metric.toUpperCase().replaceAll("_", " ");
    printer.line(`${title} ${drawCurve(values, curveColumns, printer.ink)}`);
  }
  if (rows.length === 0) return printer.table(rows, []);
  const total = {
    keys: body.groupBy.map((_, at) => ({
      kind: "value" as const,
      value: null,
      label: at === 0 ? "total" : "",
    })),
    metrics: body.totals,
  };
  printer.table(
    body.groupBy.length === 0 ? [total] : [...rows, total],
    queryColumns(body, rows, printer),
  );
}
