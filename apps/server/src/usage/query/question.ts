import type {
  UsageBucket,
  UsageDimension,
  UsageGrouping,
} from "@headcount/contract/usage/query-words";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { FigureName } from "@headcount/domain/usage/query/measures";

/** Rows that a filter lets through: any of the values, or nothing at all where that is asked for. */
export type Filter = {
  readonly dimension: UsageDimension;
  /** Ids, or the names of providers, models, roles and failure classes. */
  readonly values: readonly string[];
  readonly none: "included" | "left_out";
};

/** A question to the books, after every name in it has been looked up. */
export type Question = {
  readonly range: TimeRange;
  /** In the calendar's own spelling. */
  readonly zone: string;
  readonly groupBy: readonly UsageGrouping[];
  /** Width of the rows of a grouping by time; null without one. */
  readonly bucket: UsageBucket | null;
  readonly filters: readonly Filter[];
  readonly figures: readonly FigureName[];
  /** Whether to tell which agents used something. */
  readonly agents: "told" | "untold";
  /** The most rows worth having apart by issue, of which there may be very many; null has all. */
  readonly top: { readonly most: number; readonly by: FigureName } | null;
};
