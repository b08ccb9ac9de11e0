import type {
  ForecastCheck,
  MoneyForecast,
  ProjectedUsd,
  UsageForecastReply,
} from "@headcount/contract/usage/forecast-schemas";
import { formatCost } from "../output/format-cost.ts";
import type { Printer } from "../output/printer.ts";
import { hintUnpriced } from "./hint-unpriced.ts";

type Kind = { readonly name: "billed" | "notional"; readonly forecast: MoneyForecast };

/** The month by kind of money, then what would have been said in past months. */
export function printForecast(reply: UsageForecastReply, printer: Printer): void {
  const last = reply.billed.days.at(-1)?.date ?? "";
  // What nobody pays for by a subscription has no list price to speak of.
  const kinds: readonly Kind[] = [
    { name: "billed", forecast: reply.billed },
    ...(isUsed(reply.notional) ? [{ name: "notional", forecast: reply.notional } as const] : []),
  ];
  printer.table(kinds, [
    { title: "MONEY", value: ({ name }) => name },
    { title: "SO FAR", value: ({ forecast }) => formatCost(forecast.spentUsd), align: "right" },
    {
      title: `BY ${last}`,
      value: ({ forecast }) => forecast.projected && formatCost(forecast.projected.usd),
      align: "right",
    },
    { title: "RANGE", value: ({ forecast }) => rangeOf(forecast.projected), align: "right" },
    { title: "OFF BEFORE", value: ({ forecast }) => medianOf(forecast), align: "right" },
    { title: "INSIDE", value: ({ forecast }) => insideOf(forecast), align: "right" },
  ]);
  for (const kind of kinds) printChecks(kind, kinds.length > 1, printer);
  for (const { name, forecast } of kinds) hintReason(name, forecast, printer);
  hintUnpriced(reply, printer);
}

const isUsed = ({ spentUsd, projected }: MoneyForecast): boolean =>
  projected !== null || (spentUsd !== null && spentUsd !== "0");

function rangeOf(projected: ProjectedUsd | null): string {
  if (projected === null) return "";
  return `${formatCost(projected.lowUsd)} – ${formatCost(projected.highUsd)}`;
}

function medianOf({ backTest }: MoneyForecast): string {
  const error = backTest?.medianErrorPercent ?? null;
  return error === null ? "" : `${error}%`;
}

function insideOf({ backTest }: MoneyForecast): string {
  return backTest === null ? "" : `${backTest.inside} of ${backTest.checks.length}`;
}

function printChecks(
  { name, forecast: { backTest } }: Kind,
  isOneOfSeveral: boolean,
  printer: Printer,
): void {
  if (backTest === null) return;
  printer.line("");
  printer.table<ForecastCheck>(backTest.checks, [
    {
      title: isOneOfSeveral ? name.toUpperCase() : "MONTH",
      value: ({ month }) => month,
    },
    { title: "SAID", value: ({ said }) => formatCost(said.usd), align: "right" },
    { title: "RANGE", value: ({ said }) => rangeOf(said), align: "right" },
    { title: "CAME", value: ({ cameUsd }) => formatCost(cameUsd), align: "right" },
    {
      title: "OFF",
      value: ({ errorPercent }) => (errorPercent === null ? "" : `${errorPercent}%`),
      align: "right",
    },
    { title: "INSIDE", value: ({ isInside }) => (isInside ? "yes" : "no") },
  ]);
}

function hintReason(name: string, { reason, ...known }: MoneyForecast, printer: Printer): void {
  if (reason === "nothing_used") printer.hint(`Nothing was ${name} in the last months.`);
  if (reason === "unpriced") printer.hint("Nothing of what was used has a price.");
  if (reason === "too_little_history") {
    printer.hint(
      `Too little history for a projection (${name}): ${known.daysKnown} of ${known.daysNeeded} days.`,
    );
  }
  if (reason === null && known.backTest === null) {
    printer.hint(`No past month has enough days before it to check this against (${name}).`);
  }
}
