import { z } from "zod";
import { UsageDrill, usageFilterNames } from "../usage/usage-search.ts";

/** Lengths of what is shown while it follows the clock. */
export const liveSpans = ["15m", "1h", "6h", "24h", "7d", "30d"] as const;
export type LiveSpan = (typeof liveSpans)[number];

/** What the lowest panel shows. */
export const livePanels = ["agents", "lines", "tasks", "budget"] as const;
export type LivePanel = (typeof livePanels)[number];

const Instant = z.iso.datetime().optional().catch(undefined);
const Values = z.array(z.string().min(1).max(200)).min(1).max(50).optional().catch(undefined);
type FilterName = (typeof usageFilterNames)[number];

/** Everything that the live page shows, as it stands in the address. */
export const LiveSearch = z.object({
  /** Up to now; an hour where it is missing. */
  span: z.enum(liveSpans).optional().catch(undefined),
  /** Another stretch instead of `span`, which then stands still. */
  from: Instant,
  to: Instant,
  /** The viewer's own where it is missing. */
  tz: z.string().max(64).optional().catch(undefined),
  project: Values,
  agent: Values,
  runtime: Values,
  member: Values,
  model: Values,
  compare: z.enum(["previous", "weekday"]).optional().catch(undefined),
  panel: z.enum(livePanels).optional().catch(undefined),
  view: z.enum(["chart", "table"]).optional().catch(undefined),
  /** Dark, twice as large, and without anything around it. */
  wall: z.literal(true).optional().catch(undefined),
  /** A bucket whose tasks are looked at. */
  drill: UsageDrill.optional().catch(undefined),
} satisfies Record<FilterName, typeof Values> & Record<string, z.ZodType>);
export type LiveSearch = z.infer<typeof LiveSearch>;

/** What every part of the page is drawn from, and how it changes the address. */
export type LiveView = {
  readonly search: LiveSearch;
  readonly zone: string;
  readonly change: (changes: Partial<LiveSearch>) => void;
};
