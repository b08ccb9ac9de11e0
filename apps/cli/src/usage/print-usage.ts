import type { UsageBreakdown } from "@headcount/contract/usage/schemas";
import type { Printer } from "../output/printer.ts";
import { hintUnpriced } from "./hint-unpriced.ts";
import { usageColumns } from "./usage-columns.ts";

/** Token classes and cost, in total and by model. */
export function printUsage(body: UsageBreakdown, printer: Printer): void {
  const rows = [
    ...body.byModel.map(({ model, usage }) => ({ name: model, usage })),
    { name: "total", usage: body.total },
  ];
  printer.table(rows, [
    { title: "MODEL", value: (row) => row.name, shrinks: true },
    ...usageColumns(),
  ]);
  for (const { model, tokens } of body.drift) {
    const signed = `${tokens > 0 ? "+" : "-"}${Math.abs(tokens)}`;
    printer.hint(
      `The final total of the CLI differs from its stream by ${signed} tokens (${model}).`,
    );
  }
  hintUnpriced(body.total, printer);
}
