import { AppError } from "../../platform/app-error.ts";
import type { BooksPart } from "./find-differences.ts";

type Asked = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly metersOf?: string | undefined;
  readonly budgets?: true | undefined;
};

/** Longer ranges are asked for part by part. */
const mostDays = 366;
const dayMs = 24 * 3_600_000;

/**
 * The parts that a request names; none when it names nothing, which stands for everything.
 * @throws AppError invalid when the days are no range
 */
export function askedParts({ from, to, metersOf, budgets }: Asked): BooksPart[] {
  const parts: BooksPart[] = budgets ? [{ kind: "budgets" }] : [];
  if (metersOf !== undefined) parts.push({ kind: "meters", month: `${metersOf}-01` });
  if (from === undefined && to === undefined) return parts;
  const range = { from: new Date(`${from}T00:00:00Z`), to: new Date(`${to}T00:00:00Z`) };
  const days = (range.to.getTime() - range.from.getTime()) / dayMs;
  if (!(days >= 1 && days <= mostDays)) {
    throw new AppError(
      "invalid",
      "State the first day and the day after the last, a year at most.",
      {
        reason: "validation",
        details: { from, to },
      },
    );
  }
  return [...parts, { kind: "days", range }];
}
