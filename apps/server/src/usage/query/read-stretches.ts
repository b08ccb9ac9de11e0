import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { type FigureName, type Measured, nothing } from "@headcount/domain/usage/query/measures";
import {
  type SignedPiece,
  wholeQuartersAndEdges,
} from "@headcount/domain/usage/query/signed-pieces";
import type { WorkspaceContext } from "../../platform/context.ts";
import { type Kinds, meterPoints } from "../rollups/points.ts";
import { kindsOf, summedFigures } from "./figure-columns.ts";
import { ledgerPoints } from "./ledger-points.ts";
import { plannedAnew } from "./plan-anew.ts";
import { type LedgerPlaces, readLedgerPlaces } from "./read-ledger-places.ts";
import { toFigureSums } from "./to-figure-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;
type Part = SignedPiece & { readonly stretch: number };

/**
 * What was used in several stretches of time, in their order, with one statement: the sums of the
 * quarters of an hour that are nearest, and the ledger for what lies between their ends and those of
 * the stretch, added or taken away.
 */
export async function readStretches(
  ctx: Ctx,
  stretches: readonly TimeRange[],
  figures: readonly FigureName[],
): Promise<readonly Measured[]> {
  const { sql } = ctx;
  const parts = stretches.flatMap((range, stretch): Part[] =>
    wholeQuartersAndEdges(range).map((piece) => ({ ...piece, stretch })),
  );
  const ledger = parts.filter(({ kind }) => kind === "ledger");
  const places = await plannedAnew(ctx, () => readLedgerPlaces(ctx, ledger));
  const kinds = kindsOf({ figures, agents: "untold" });
  const statement = parts
    .map((part, at) => {
      const points = pointsOf(ctx, part, { kinds, places });
      return sql`select ${at}::int as part, ${summedFigures(sql, figures, "text")} from ${points} p`;
    })
    .reduce((all, one) => sql`${all} union all ${one}`);
  const rows = await plannedAnew(ctx, async () => sql<{ part: number }[]>`${statement}`);
  return stretches.map((_, stretch) => {
    const own = rows.filter(({ part }) => parts[part]?.stretch === stretch);
    return own.reduce<Measured>((sum, row) => {
      const sums = toFigureSums(row, figures);
      return { ...nothing, sums: added(sum.sums, sums, parts[row.part]?.sign ?? 1n) };
    }, nothing);
  });
}

function added(a: Measured["sums"], b: Measured["sums"], sign: 1n | -1n): Measured["sums"] {
  const names = Object.keys({ ...a, ...b }) as FigureName[];
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0n) + sign * (b[name] ?? 0n)]));
}

type Reading = { readonly kinds: Kinds; readonly places: LedgerPlaces };

function pointsOf(ctx: Ctx, { kind, fromMs, toMs }: Part, { kinds, places }: Reading): Fragment {
  const range = { from: new Date(fromMs), to: new Date(toMs) };
  return kind === "ledger"
    ? ledgerPoints(ctx, { ...range, places }, kinds)
    : meterPoints(ctx, range, kinds);
}
