import { z } from "zod";
import { boardOrders } from "./lists/board-order.ts";

/** Lengths of period to choose from, in days that end today. */
export const usagePeriods = [1, 7, 30, 90, 180, 365] as const;
export const usageMeasures = ["tokens", "cost", "time", "tasks", "errors"] as const;
/** `kind` is what a measure falls into by itself: token classes, outcomes, classes of failure. */
export const usageStacks = ["model", "agent", "project", "kind"] as const;
export const usageBarWidths = ["hour", "day", "week"] as const;
/** What the lists of who used it, of models and of outcomes tell apart; the first of each unless stated. */
export const usageLists = {
  who: ["agent", "project", "member", "runtime"],
  models: ["model", "provider"],
  outcomes: ["agent", "model"],
} as const;
/** What outcomes are counted in. */
export const usageResults = ["issues", "pull-requests"] as const;
/** What the whole page can be narrowed to. */
export const usageFilterNames = ["project", "agent", "runtime", "member", "model"] as const;

/** A day of the zone, or an instant on a quarter of an hour. */
const Bound = z.union([z.iso.date(), z.iso.datetime()]);
/** Ids, or names of models; `none` for what belongs to nothing of that sort. */
const Values = z.array(z.string().min(1).max(200)).min(1).max(50).optional().catch(undefined);

/** Something whose tasks are looked at: part of the period, and what its usage is booked to. */
export const UsageDrill = z.object({
  /** The figure that was clicked. */
  measure: z.enum(usageMeasures).optional(),
  /** Instants; the whole period where they are missing. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** All of them have to fit, on top of the page's filters. */
  of: z
    .array(
      z.object({
        by: z.enum([...usageFilterNames, "provider", "issue", "role", "failure_class"]),
        kind: z.enum(["value", "deleted", "none", "private", "unmanaged"]),
        /** Id or name; null where the kind says it all. */
        value: z.string().max(200).nullable(),
      }),
    )
    .max(3)
    .default([]),
});
export type UsageDrill = z.infer<typeof UsageDrill>;

/** Everything that the usage page shows, as it stands in the address. */
export const UsageSearch = z.object({
  days: z.literal(usagePeriods).optional().catch(undefined),
  /** Instead of `days`; a day is included, an instant is the end. */
  from: Bound.optional().catch(undefined),
  to: Bound.optional().catch(undefined),
  /** Whose days they are; the viewer's own where it is missing. */
  tz: z.string().max(64).optional().catch(undefined),
  project: Values,
  agent: Values,
  runtime: Values,
  member: Values,
  model: Values,
  measure: z.enum(usageMeasures).optional().catch(undefined),
  /** Which money `cost` is: what is billed, or the list price of what subscriptions cover. */
  money: z.enum(["billed", "notional"]).optional().catch(undefined),
  stack: z.enum(usageStacks).optional().catch(undefined),
  bucket: z.enum(usageBarWidths).optional().catch(undefined),
  view: z.enum(["chart", "table"]).optional().catch(undefined),
  /** Series of the trend that are switched off. */
  hide: z.array(z.string().max(220)).max(12).optional().catch(undefined),
  heat: z.enum(["tokens", "cost"]).optional().catch(undefined),
  who: z.enum(usageLists.who).optional().catch(undefined),
  whoSort: z.enum(boardOrders).optional().catch(undefined),
  models: z.enum(usageLists.models).optional().catch(undefined),
  modelsSort: z.enum(boardOrders).optional().catch(undefined),
  outcomes: z.enum(usageLists.outcomes).optional().catch(undefined),
  results: z.enum(usageResults).optional().catch(undefined),
  drill: UsageDrill.optional().catch(undefined),
});
export type UsageSearch = z.infer<typeof UsageSearch>;

export type UsageResult = (typeof usageResults)[number];
export type UsageMeasure = (typeof usageMeasures)[number];
export type UsageStack = (typeof usageStacks)[number];
export type UsageBarWidth = (typeof usageBarWidths)[number];
export type UsageFilterName = (typeof usageFilterNames)[number];
export type UsageFilters = Pick<UsageSearch, UsageFilterName>;
