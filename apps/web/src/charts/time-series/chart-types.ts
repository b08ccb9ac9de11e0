import type { TimeRange } from "@headcount/domain/usage/query/cut-time";

/** Numbers in order of time; a null or a NaN is a gap: not known, which is not zero. */
export type SeriesValues = readonly (number | null)[] | Float64Array;

export type TimeSeries = {
  readonly id: string;
  /** What it is, as it stands in the legend and is read aloud. */
  readonly label: string;
  /** A CSS colour, usually `var(--series-3)`; it follows the theme. */
  readonly colour: string;
  /** One for each instant of the panel. */
  readonly values: SeriesValues;
  /** Counted, but without a price: drawn as an outline. */
  readonly unpriced?: boolean;
};

/**
 * `line`: one line a series. `area`: filled to zero, for one series. `stack`: filled on top of one
 * another. `bars`: stacked bars as wide as their buckets.
 */
export type PanelStyle = "line" | "area" | "stack" | "bars";

/** A value that should not be passed, where it starts anew, and where things are heading. */
export type LimitLine = {
  readonly value: number;
  /** E.g. "Limit $50". */
  readonly label: string;
  /** When what is counted starts from zero; never, where it is forgotten little by little. */
  readonly resetsAtMs: readonly number[];
  /** How to read the line, where it has no resets: a whole sentence. */
  readonly note?: string;
  /** A straight way from what is to what is expected, with a band around its end. */
  readonly projection?: {
    readonly fromMs: number;
    readonly fromValue: number;
    readonly toMs: number;
    readonly toValue: number;
    readonly lowValue: number;
    readonly highValue: number;
  };
};

/** The same measure at another time, laid over the panel as a dashed line. */
export type ComparisonLine = {
  /** E.g. "Previous 7 days". */
  readonly label: string;
  /** Instants as they were; `alignTimes` of the domain moves them onto the shown range. */
  readonly timesMs: readonly number[] | Float64Array;
  readonly values: SeriesValues;
};

export type TimeSeriesPanel = {
  readonly id: string;
  /** What is drawn, e.g. "Tokens per minute". */
  readonly label: string;
  /** Above the axis, e.g. "tokens/min" or "US$". */
  readonly unit: string;
  readonly style: PanelStyle;
  /** Ascending. What a value counts begins at its instant and ends at the next one. */
  readonly timesMs: readonly number[] | Float64Array;
  /** End of the last bucket. */
  readonly endsAtMs: number;
  /**
   * `bucket` (unless given): a value counts what happened in its time and is drawn in the middle of
   * it. `sample`: a value is what was seen at its instant and is drawn there.
   */
  readonly timing?: "bucket" | "sample";
  readonly series: readonly TimeSeries[];
  /** Buckets that end after this instant are still being filled and are hatched; null when none is. */
  readonly partialFromMs: number | null;
  /** Short, for the axis and the readout: 12.4 k, $3.18. */
  readonly formatValue: (value: number) => string;
  /** In full, for the table and for readers' ears; `formatValue` unless given. */
  readonly formatExact?: (value: number) => string;
  readonly limit?: LimitLine | null;
  readonly comparison?: ComparisonLine | null;
  /** CSS pixels of the plot with its time axis; 168 unless given. */
  readonly height?: number;
};

export type AnnotationKind =
  | "task_started"
  | "task_ended"
  | "price_changed"
  | "budget_changed"
  | "daemon_lost"
  | "note";

/** Something that happened, as a tick below the panels with its sentence on hover and focus. */
export type ChartAnnotation = {
  readonly id: string;
  readonly atMs: number;
  readonly kind: AnnotationKind;
  /** A whole sentence, without its time. */
  readonly text: string;
};

/** What somebody points at: a bucket, or a stretch that was selected. */
export type ChartSelection = {
  readonly panelId: string;
  readonly range: TimeRange;
};

/** A chart whose right edge is now: it moves by itself until somebody looks at another range. */
export type LiveTail = {
  readonly state: "following" | "paused";
  readonly onResume: () => void;
};

export type ComparisonChoice = "none" | "previous" | "weekday";

/** The whole of a stretch of time as a small picture, to move the shown range in. */
export type ChartOverview = {
  /** What is drawn, e.g. "Tokens of the last 7 days". */
  readonly label: string;
  readonly range: TimeRange;
  readonly timesMs: readonly number[] | Float64Array;
  readonly values: SeriesValues;
};

/**
 * Panels over one axis of time. The shown range is the caller's (in the address): `range` comes in,
 * every zoom and pan goes out by `onRangeChange` when the gesture ends.
 */
export type TimeSeriesChartProps = {
  /** What all panels show together, e.g. "Live usage". */
  readonly label: string;
  readonly panels: readonly TimeSeriesPanel[];
  readonly range: TimeRange;
  readonly onRangeChange: (range: TimeRange) => void;
  /** Back to where the page starts: double click, Escape, 0 and the button. */
  readonly onReset: () => void;
  /** Whether `onReset` would change anything. */
  readonly canReset: boolean;
  /** No gesture leaves these; nothing is known outside. */
  readonly bounds: TimeRange;
  /** IANA zone of the axis and of every time that is read out. */
  readonly zone: string;
  readonly asOfMs?: number | null;
  readonly live?: LiveTail;
  readonly annotations?: readonly ChartAnnotation[];
  readonly overview?: ChartOverview;
  readonly comparison?: {
    readonly value: ComparisonChoice;
    readonly onChange: (choice: ComparisonChoice) => void;
  };
  /** The bucket that was clicked, pinned or selected; null when the pin is taken away. */
  readonly onSelect?: (selection: ChartSelection | null) => void;
  /** Puts figures in a table instead of a picture. */
  readonly view?: "chart" | "table";
};
