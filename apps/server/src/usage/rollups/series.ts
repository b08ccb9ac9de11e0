import type { WorkspaceContext } from "../../platform/context.ts";
import type { MeterDimensions } from "../ledger/meter.ts";
import { digestUuid } from "../digest-uuid.ts";
import { type Pivot, pivots, type Series, type SeriesOfMeter } from "./pivots.ts";
import { insertSeries, setSeries } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Columns that a pivot keeps apart. */
export const seriesDimensions: Readonly<Record<Pivot, readonly (keyof Series)[]>> = {
  total: [],
  model: ["provider", "model", "role", "failureClass"],
  agent: ["runtimeId", "agentId"],
  project: ["projectId"],
  member: ["memberId"],
  every: [
    "runtimeId",
    "agentId",
    "projectId",
    "memberId",
    "provider",
    "model",
    "role",
    "failureClass",
  ],
};

/** The series of each meter, in the order given. Missing ones are made. */
export async function seriesOfMeters(
  ctx: Ctx,
  meters: readonly MeterDimensions[],
): Promise<SeriesOfMeter[]> {
  if (meters.length === 0) return [];
  const ids = await findOrMake(ctx, seriesByFingerprint(meters));
  return meters.map((meter) => idsOf(ids, meter));
}

/** The same, setting right what stands under their fingerprints. */
export async function setSeriesOfMeters(
  ctx: Ctx,
  meters: readonly MeterDimensions[],
): Promise<SeriesOfMeter[]> {
  const wanted = seriesByFingerprint(meters);
  await setSeries(ctx, withFingerprints(wanted));
  const ids = await readSeriesIds(ctx, [...wanted.keys()]);
  return meters.map((meter) => idsOf(ids, meter));
}

function seriesByFingerprint(meters: readonly MeterDimensions[]): Map<string, Series> {
  return new Map(
    meters.flatMap((meter) =>
      pivots.map((pivot) => {
        const series = seriesOf(meter, pivot);
        return [fingerprintOf(series), series] as const;
      }),
    ),
  );
}

function withFingerprints(
  series: Iterable<readonly [string, Series]>,
): (Series & { readonly fingerprint: string })[] {
  return [...series].map(([fingerprint, one]) => ({ ...one, fingerprint }));
}

function idsOf(ids: ReadonlyMap<string, number>, meter: MeterDimensions): SeriesOfMeter {
  return {
    totalSeries: idOf(ids, meter, "total"),
    modelSeries: idOf(ids, meter, "model"),
    agentSeries: idOf(ids, meter, "agent"),
    projectSeries: idOf(ids, meter, "project"),
    memberSeries: idOf(ids, meter, "member"),
    everySeries: idOf(ids, meter, "every"),
  };
}

function seriesOf(meter: MeterDimensions, pivot: Pivot): Series {
  const kept = new Set<string>(seriesDimensions[pivot]);
  const only = <T>(name: keyof Series, value: T): T | null => (kept.has(name) ? value : null);
  return {
    pivot,
    runtimeId: only("runtimeId", meter.runtimeId),
    agentId: only("agentId", meter.agentId),
    projectId: only("projectId", meter.projectId),
    memberId: only("memberId", meter.memberId),
    provider: only("provider", meter.provider),
    model: only("model", meter.model),
    role: only("role", meter.role),
    failureClass: only("failureClass", meter.failureClass),
  };
}

/** The same for the same combination, another one for any other. */
function fingerprintOf(series: Series): string {
  return digestUuid([
    series.pivot,
    series.runtimeId,
    series.agentId,
    series.projectId,
    series.memberId,
    series.provider,
    series.model,
    series.role,
    series.failureClass,
  ]);
}

function idOf(ids: ReadonlyMap<string, number>, meter: MeterDimensions, pivot: Pivot): number {
  const id = ids.get(fingerprintOf(seriesOf(meter, pivot)));
  if (id === undefined) throw new Error("A series that was just made is not there");
  return id;
}

async function findOrMake(
  ctx: Ctx,
  wanted: ReadonlyMap<string, Series>,
): Promise<Map<string, number>> {
  const fingerprints = [...wanted.keys()];
  const known = await readSeriesIds(ctx, fingerprints);
  const missing = [...wanted].filter(([fingerprint]) => !known.has(fingerprint));
  if (missing.length === 0) return known;
  await insertSeries(ctx, withFingerprints(missing));
  return readSeriesIds(ctx, fingerprints);
}

async function readSeriesIds(
  ctx: Ctx,
  fingerprints: readonly string[],
): Promise<Map<string, number>> {
  const rows = await ctx.sql<{ id: number; fingerprint: string }[]>`
    select id, fingerprint from usage_series
    where workspace_id = ${ctx.workspaceId} and fingerprint = any(${fingerprints}::uuid[])`;
  return new Map(rows.map((row) => [row.fingerprint, row.id]));
}
