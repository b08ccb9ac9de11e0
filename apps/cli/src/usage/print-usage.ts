import type { UsageBreakdown } from "@headcount/contract/usage/schemas";
import { formatCost } from "../output/format-cost.ts";
import type { Printer } from "../output/printer.ts";

/** Token classes and cost, in total and by model. */
export function printUsage(body: UsageBreakdown, printer: Printer): void {
  const rows = [
    ...body.byModel.map(({ model, usage }) => ({ name: model, usage })),
    { name: "total", usage: body.total },
  ];
  printer.table(rows, [
    { title: "MODEL", value: (row) => row.name, shrinks: true },
    { title: "INPUT", value: (row) => row.usage.tokens.input, align: "right" },
    { title: "CACHE READ", value: (row) => row.usage.tokens.cacheRead, align: "right" },
    {
      title: "CACHE WRITE",
      value: ({ usage: { tokens } }) =>
        (BigInt(tokens.cacheWrite5m) + BigInt(tokens.cacheWrite1h)).toString(),
      align: "right",
    },
    { title: "OUTPUT", value: (row) => row.usage.tokens.output, align: "right" },
    { title: "COST", value: (row) => formatCost(row.usage.costUsd), align: "right" },
  ]);
  if (Number(body.total.unpricedTokens) > 0) {
    printer.hint(`Tokens without a known price: ${body.total.unpricedTokens}.`);
  }
}
