import { csvText, type CsvCell } from "../query/csv-text.ts";
import { figureIn, type StackedUsage } from "./series-of.ts";
import { sumFigures } from "./sum-figures.ts";

export type CsvTitles = {
  readonly bucket: string;
  readonly startsAt: string;
  readonly total: string;
  /** By the id of the series. */
  readonly series: (id: string) => string;
};

/** A stacked chart as a table: a line per bucket, a column per series that is drawn, and their sum. */
export function stackedCsv({ series, bars }: StackedUsage, titles: CsvTitles): string {
  return csvText(
    [titles.bucket, titles.startsAt, ...series.map(({ id }) => titles.series(id)), titles.total],
    bars.map((bar): readonly CsvCell[] => {
      const figures = series.map(({ id }) => figureIn(bar, id));
      return [
        { text: bar.label },
        { text: bar.startsAt },
        ...figures.map((figure) => ({ figure })),
        { figure: sumFigures(figures) },
      ];
    }),
  );
}
