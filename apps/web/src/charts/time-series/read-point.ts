import { bucketRange, findBucket } from "@headcount/domain/charts/find-bucket";
import { sumAt } from "@headcount/domain/charts/sum-at";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { TimeSeriesPanel } from "./chart-types.ts";

/** What a panel says about an instant. */
export type Reading = {
  readonly bucket: TimeRange;
  /** Per series; null where nothing is known. */
  readonly values: readonly (number | null)[];
  /** Null where parts are not added up, or nothing is known. */
  readonly total: number | null;
  readonly isPartial: boolean;
};

/** Reads the bucket of an instant, or the nearest sample; null outside of what the panel knows. */
export function readPoint(panel: TimeSeriesPanel, atMs: number): Reading | null {
  const index = indexAt(panel, atMs);
  const bucket = index === null ? null : bucketRange(panel.timesMs, panel.endsAtMs, index);
  if (index === null || bucket === null) return null;
  return {
    bucket,
    values: panel.series.map(({ values }) => known(values[index])),
    total: addsUp(panel) ? sumAt(panel.series, index) : null,
    isPartial: panel.partialFromMs !== null && bucket.toMs > panel.partialFromMs,
  };
}

/** The place that an instant belongs to: its bucket, or the sample nearest to it. */
export function indexAt(panel: TimeSeriesPanel, atMs: number): number | null {
  const index = findBucket(panel.timesMs, panel.endsAtMs, atMs);
  if (index === null || panel.timing !== "sample") return index;
  const beforeMs = panel.timesMs[index] ?? atMs;
  const afterMs = panel.timesMs[index + 1] ?? Number.POSITIVE_INFINITY;
  return atMs - beforeMs <= afterMs - atMs ? index : index + 1;
}

/** Whether the series of a panel are parts of one whole. */
export function addsUp(panel: TimeSeriesPanel): boolean {
  return (panel.style === "stack" || panel.style === "bars") && panel.series.length > 1;
}

/** The one figure that stands for a bucket: the whole, or the first series. */
export function leadingValue(reading: Reading): number | null {
  return reading.total ?? reading.values[0] ?? null;
}

function known(value: number | null | undefined): number | null {
  return value === undefined || value === null || Number.isNaN(value) ? null : value;
}
