import { z } from "zod";
import { Instant, TokenCount, UsdAmount } from "../kit/values.ts";
import { TokenTotals } from "../usage/schemas.ts";

/** What the books hold of the last moments, `to` exclusive; the same as `usage.query` of that range. */
export const LiveWindow = z.object({
  from: Instant,
  to: Instant,
  seconds: z.int(),
  tokens: TokenTotals,
  /** Null where something was used and nothing of it has a price. */
  costUsd: UsdAmount.nullable(),
  /** List price of what subscriptions have paid for. */
  notionalUsd: UsdAmount.nullable(),
  unpricedTokens: TokenCount,
  tasksEnded: z.int(),
  tasksFailed: z.int(),
  /** Between looks at the work directories; less than zero where work was taken back. */
  linesAdded: z.int(),
  linesDeleted: z.int(),
});
export type LiveWindow = z.infer<typeof LiveWindow>;

/** What is there right now. */
export const LiveState = z.object({
  runningTasks: z.int(),
  /** Agents with at least one running task. */
  activeAgents: z.int(),
  /** Runs that the connected machines can have at the same time. */
  capacity: z.int(),
  /** Unfinished tasks that are not running. */
  queueDepth: z.int(),
  openIssues: z.int(),
});
export type LiveState = z.infer<typeof LiveState>;

/**
 * Where the workspace's own busy moments of the last 7 days lie: 95 of 100 of its minutes (of its
 * quarter hours for what is looked at) stay below. Null before anything of that sort has happened.
 */
export const LiveScales = z.object({
  tokensPerMinute: z.number().nullable(),
  costPerHourUsd: z.number().nullable(),
  notionalPerHourUsd: z.number().nullable(),
  linesPerHour: z.number().nullable(),
  runningTasks: z.number().nullable(),
  queueDepth: z.number().nullable(),
  /** Since when anything that counts here is known. */
  since: Instant.nullable(),
});
export type LiveScales = z.infer<typeof LiveScales>;

export const LiveGauges = z.object({
  oneMinute: LiveWindow,
  fiveMinutes: LiveWindow,
  /** Few tasks end in five minutes: what share of them fails is told over an hour as well. */
  oneHour: LiveWindow,
  state: LiveState,
  /** Done since midnight of the asked zone, and still done. */
  issuesClosedToday: z.int(),
  scales: LiveScales,
  /** The last look at the state that was kept; null before the first. */
  sampledAt: Instant.nullable(),
  /** Whether looks at the state are being kept as they should. */
  sampling: z.enum(["on_time", "late"]),
});
export type LiveGauges = z.infer<typeof LiveGauges>;
