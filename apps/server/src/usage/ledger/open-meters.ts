import type { WorkspaceContext } from "../../platform/context.ts";
import { seriesOfMeters } from "../rollups/series.ts";
import { type MeterDimensions, meterFingerprint, meterKeyText } from "./meter.ts";
import { insertMeters } from "./store-meters.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Ids of meters by `meterKeyText`; meters that nobody has opened yet are opened. */
export async function openMeters(
  ctx: Ctx,
  meters: readonly MeterDimensions[],
): Promise<Map<string, number>> {
  const distinct = new Map(meters.map((meter) => [meterKeyText(meter), meter]));
  const wanted = new Map([...distinct.values()].map((meter) => [meterFingerprint(meter), meter]));
  const known = await readMeterIds(ctx, [...wanted.keys()]);
  const missing = [...wanted].flatMap(([fingerprint, meter]) =>
    known.has(fingerprint) ? [] : [meter],
  );
  if (missing.length > 0) {
    const series = await seriesOfMeters(ctx, missing);
    // One series for each meter, in its order.
    await insertMeters(
      ctx,
      missing.flatMap((meter, index) => (series[index] ? [{ ...meter, ...series[index] }] : [])),
    );
  }
  const ids = missing.length > 0 ? await readMeterIds(ctx, [...wanted.keys()]) : known;
  return new Map(
    [...wanted].map(([fingerprint, meter]) => [meterKeyText(meter), ids.get(fingerprint) ?? 0]),
  );
}

async function readMeterIds(
  ctx: Ctx,
  fingerprints: readonly string[],
): Promise<Map<string, number>> {
  const rows = await ctx.sql<{ id: number; fingerprint: string }[]>`
    select id, fingerprint from usage_meters
    where workspace_id = ${ctx.workspaceId} and fingerprint = any(${fingerprints}::uuid[])`;
  return new Map(rows.map((row) => [row.fingerprint, row.id]));
}
