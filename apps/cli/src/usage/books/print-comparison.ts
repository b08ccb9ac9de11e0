import type { BooksComparison } from "@headcount/contract/usage/books-schemas";
import type { Printer } from "../../output/printer.ts";

export function printComparison(
  { ledgerEvents, rollupRows, differences }: BooksComparison,
  printer: Printer,
): void {
  printer.line(`${ledgerEvents} events, ${rollupRows} sums, ${differences.length} differences.`);
  if (differences.length === 0) return;
  printer.table(differences, [
    { title: "SUM", value: (one) => one.rollup },
    { title: "KEY", value: (one) => one.key },
    { title: "LEDGER", value: (one) => one.ledger, shrinks: true },
    { title: "STORED", value: (one) => one.stored, shrinks: true },
  ]);
}
