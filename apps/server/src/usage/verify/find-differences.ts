import type { BooksComparison, UsageDifference } from "@headcount/contract/usage/books-schemas";
import { describeMiscount, findMiscounts } from "../../budgets/find-miscounts.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { usageFigures } from "../figures.ts";
import { comparedDays } from "./compare-days.ts";
import { comparedMeters } from "./compare-meters.ts";
import { describeDifference } from "./figure-arrays.ts";
import type { VerifiedRange } from "./ledger-sums.ts";
import {
  type BooksFacts,
  readBooksFacts,
  readBounds,
  type VerifiableBounds,
} from "./read-bounds.ts";
import { findStrayMeters } from "./stray-meters.ts";
import { findWrongMinutes } from "./wrong-minutes.ts";

export type { UsageDifference };

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** A part of the books that is compared at once. */
export type BooksPart =
  | { readonly kind: "days"; readonly range: VerifiedRange }
  /** What meters show whose events are of one month, `YYYY-MM-01`. */
  | { readonly kind: "meters"; readonly month: string }
  /** What budgets and tanks have counted. */
  | { readonly kind: "budgets" };

/** Nobody reads more differences than this; one is a defect. */
const mostDifferences = 200;

/** Days that one statement looks at; the quarter-hours of a busy month fill no memory. */
const daysAtOnce = 31;
const dayMs = 24 * 3_600_000;

/** Every sum that is not what the ledger adds up to; without a range of whole UTC days, all of them. */
export async function findUsageDifferences(
  ctx: Ctx,
  range: VerifiedRange | null = null,
): Promise<readonly UsageDifference[]> {
  if (range !== null) return (await compareParts(ctx, [{ kind: "days", range }])).differences;
  return (await compareParts(ctx, wholeBooks(await readBounds(ctx)))).differences;
}

/** The parts that everything consists of. */
export function wholeBooks({
  days,
  months,
}: Pick<VerifiableBounds, "days" | "months">): BooksPart[] {
  const parts: BooksPart[] = [
    ...months.map((month) => ({ kind: "meters" as const, month })),
    { kind: "budgets" },
  ];
  if (days === null) return parts;
  for (let at = days.from.getTime(); at < days.to.getTime(); at += daysAtOnce * dayMs) {
    const to = new Date(Math.min(at + daysAtOnce * dayMs, days.to.getTime()));
    parts.push({ kind: "days", range: { from: new Date(at), to } });
  }
  return parts;
}

/**
 * Compares some parts with the ledger, each in one statement.
 * @param beneath see `comparedDays`
 */
export async function compareParts(
  ctx: Ctx,
  parts: readonly BooksPart[],
  beneath: "none" | "days" = "none",
): Promise<BooksComparison> {
  const facts = await readBooksFacts(ctx);
  const sum = { ledgerEvents: 0, rollupRows: 0, differences: [] as UsageDifference[] };
  for (const part of parts) {
    const found = await comparePart(ctx, part, facts, beneath);
    sum.ledgerEvents += found.ledgerEvents;
    sum.rollupRows += found.rollupRows;
    sum.differences.push(...found.differences);
  }
  return { ...sum, differences: sum.differences.slice(0, mostDifferences) };
}

async function comparePart(
  ctx: Ctx,
  part: BooksPart,
  facts: BooksFacts,
  beneath: "none" | "days",
): Promise<BooksComparison> {
  switch (part.kind) {
    case "days":
      return compareDays(ctx, comparedDays(ctx, part.range, facts, beneath), part.range);
    case "meters":
      return compareMeters(ctx, part.month, facts);
    case "budgets":
      return compareBudgets(ctx);
  }
}

async function compareBudgets(ctx: Ctx): Promise<BooksComparison> {
  const { counters, miscounts } = await findMiscounts(ctx);
  const differences = miscounts.slice(0, mostDifferences).map(describeMiscount);
  return { ledgerEvents: 0, rollupRows: counters, differences };
}

type Figures = readonly (string | null)[] | null;

async function compareDays(
  ctx: Ctx,
  comparison: ReturnType<typeof comparedDays>,
  range: VerifiedRange,
): Promise<BooksComparison> {
  const { sql } = ctx;
  const [row] = await sql<
    {
      ledgerEvents: number;
      rollupRows: number;
      wrong: { sums: string; key: string; ledger: Figures; stored: Figures }[];
    }[]
  >`
    with ${comparison}, shown as (
      select sums, concat_ws(' ', nullif(pivot, ''), nullif(tier, 0),
          to_char(bucket_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), id) as key,
        ledger_figures::text[] as ledger, stored_figures::text[] as stored
      from wrong order by sums, bucket_at, pivot, tier, id limit ${mostDifferences}
    )
    select (select coalesce(sum(events), 0)::int from ledger where bucket_at < ${range.to})
        as ledger_events,
      (select count(*)::int from stored where bucket_at < ${range.to}) as rollup_rows,
      (select coalesce(jsonb_agg(to_jsonb(shown)), '[]') from shown) as wrong`;
  return {
    ledgerEvents: row?.ledgerEvents ?? 0,
    rollupRows: row?.rollupRows ?? 0,
    differences: [
      ...(row?.wrong ?? []).map(({ sums, key, ledger, stored }) => ({
        rollup: sums,
        key,
        ...describeDifference(ledger, stored),
      })),
      ...(await findWrongMinutes(ctx, range)),
    ],
  };
}

async function compareMeters(ctx: Ctx, month: string, facts: BooksFacts): Promise<BooksComparison> {
  const { sql } = ctx;
  const [row] = await sql<
    {
      rollupRows: number;
      wrong: { id: number; ledger: Figures; stored: Figures }[];
    }[]
  >`
    with ${comparedMeters(ctx, month, facts)}, shown as (
      select id, ledger_figures::text[] as ledger, stored_figures::text[] as stored
      from wrong order by id limit ${mostDifferences}
    )
    select (select count(*)::int from stored) as rollup_rows,
      (select coalesce(jsonb_agg(to_jsonb(shown)), '[]') from shown) as wrong`;
  return {
    // Events are counted with the days in which they were used.
    ledgerEvents: 0,
    rollupRows: row?.rollupRows ?? 0,
    differences: [
      ...(row?.wrong ?? []).map(({ id, ledger, stored }) => ({
        rollup: "usage_meters",
        key: String(id),
        ...describeDifference(ledger, stored, usageFigures),
      })),
      ...(await findStrayMeters(ctx, month, mostDifferences)),
    ],
  };
}
