import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { csvText, type CsvCell } from "../usage/query/csv-text.ts";

/**
 * The series of a chart, one line per bucket. Where what is looked at has wider buckets than what is
 * counted, its value stands in the line in which its bucket begins. What is not known is empty.
 */
export function liveCsv({ sums, levels }: LiveSeriesReply): string {
  const titles = [
    "starts_at",
    ...sums.series.map(({ metric }) => metric),
    ...levels.series.map(({ metric }) => metric),
  ];
  const levelPlace = new Map(levels.times.startsAt.map((startsAt, place) => [startsAt, place]));
  const sumPlace = new Map(sums.times.startsAt.map((startsAt, place) => [startsAt, place]));
  const starts = [...new Set([...sumPlace.keys(), ...levelPlace.keys()])].toSorted();
  const lines = starts.map((startsAt): readonly CsvCell[] => [
    { text: startsAt },
    ...sums.series.map(({ values }) => cell(values, sumPlace.get(startsAt))),
    ...levels.series.map(({ values }) => cell(values, levelPlace.get(startsAt))),
  ]);
  return csvText(titles, lines);
}

function cell(values: readonly (number | string | null)[], place: number | undefined): CsvCell {
  return { figure: place === undefined ? null : (values[place] ?? null) };
}
