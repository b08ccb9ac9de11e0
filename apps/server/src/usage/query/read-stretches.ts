import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { joinStretches, type Stretch } from "@headcount/domain/usage/query/join-stretches";
import {
  type FigureName,
  type FigureSums,
  type Measured,
  nothing,
} from "@headcount/domain/usage/query/measures";
import {
  type SignedPiece,
  wholeQuartersAndEdges,
} from "@headcount/domain/usage/query/signed-pieces";
import type { WorkspaceContext } from "../../platform/context.ts";
import { meterPoints } from "../rollups/points.ts";
import { kindsOf, summedFigures } from "./figure-columns.ts";
import { ledgerPoints } from "./ledger-points.ts";
import { plannedAnew } from "./plan-anew.ts";
import { readLedgerPlaces } from "./read-ledger-places.ts";
import { toFigureSums } from "./to-figure-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;
type Kind = SignedPiece["kind"];

/** Time that is read at once, from the sums of quarters of an hour or from the ledger. */
type Source = Stretch & { readonly kind: Kind };

/** What was used from an instant to the next cut of its source. */
type Sums = { readonly kind: Kind; readonly fromMs: number; readonly sums: FigureSums };

/**
 * What was used in several stretches of time, in their order, with one statement: the sums of the
 * quarters of an hour that are nearest, and the ledger for what lies between their ends and those of
 * the stretch, added or taken away. What several of them need is read once.
 */
export async function readStretches(
  ctx: Ctx,
  stretches: readonly TimeRange[],
  figures: readonly FigureName[],
): Promise<readonly Measured[]> {
  const pieces = stretches.map(wholeQuartersAndEdges);
  const read = await readSums(ctx, pieces.flat(), figures);
  return pieces.map((own) => ({
    ...nothing,
    sums: own.reduce<FigureSums>(
      (sum, piece) =>
        read
          .filter(({ kind, fromMs }) => kind === piece.kind && holds(piece, fromMs))
          .reduce((all, { sums }) => added(all, sums, piece.sign), sum),
      {},
    ),
  }));
}

const holds = ({ fromMs, toMs }: TimeRange, atMs: number): boolean => fromMs <= atMs && atMs < toMs;

function added(a: FigureSums, b: FigureSums, sign: 1n | -1n): FigureSums {
  const names = Object.keys({ ...a, ...b }) as FigureName[];
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0n) + sign * (b[name] ?? 0n)]));
}

async function readSums(
  ctx: Ctx,
  pieces: readonly SignedPiece[],
  figures: readonly FigureName[],
): Promise<readonly Sums[]> {
  const [quarters, ledger] = [sourcesOf(pieces, "quarters"), sourcesOf(pieces, "ledger")];
  const sources = [...quarters, ...ledger];
  const points = await pointsOf(ctx, ledger, figures);
  const { sql } = ctx;
  const statement = sources
    .map((source, at) => {
      const cuts = source.cutsMs.map((cutMs) => new Date(cutMs).toISOString());
      return sql`select ${at}::int as source,
        width_bucket(p.bucket_at, ${cuts}::timestamptz[]) as cut,
        ${summedFigures(sql, figures, "text")} from ${points(source)} p group by cut`;
    })
    .reduce((all, one) => sql`${all} union all ${one}`);
  type Row = { source: number; cut: number };
  const rows = await plannedAnew(ctx, async () => sql<Row[]>`${statement}`);
  return rows.map((row) => {
    const source = sources[row.source];
    const fromMs = source?.cutsMs[row.cut - 1];
    if (!source || fromMs === undefined) throw new Error("Sums are of a source that was asked for");
    return { kind: source.kind, fromMs, sums: toFigureSums(row, figures) };
  });
}

const sourcesOf = (pieces: readonly SignedPiece[], kind: Kind): readonly Source[] =>
  joinStretches(pieces.filter((piece) => piece.kind === kind)).map((one) => ({ ...one, kind }));

/** How the points of a source are read. */
async function pointsOf(
  ctx: Ctx,
  ledger: readonly Source[],
  figures: readonly FigureName[],
): Promise<(source: Source) => Fragment> {
  const kinds = kindsOf({ figures, agents: "untold" });
  const places = await plannedAnew(ctx, () => readLedgerPlaces(ctx, ledger));
  return ({ kind, fromMs, toMs }) => {
    const range = { from: new Date(fromMs), to: new Date(toMs) };
    return kind === "ledger"
      ? ledgerPoints(ctx, { ...range, places }, kinds)
      : meterPoints(ctx, range, kinds);
  };
}
