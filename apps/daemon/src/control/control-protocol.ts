import { z } from "zod";

/** State of a daemon as its control socket tells it. */
export const DaemonStatus = z.object({
  profile: z.string(),
  daemonId: z.string(),
  version: z.string(),
  pid: z.int(),
  startedAt: z.string(),
  deviceName: z.string(),
  serverUrl: z.string(),
  /** `starting` until the first registration; `waiting_for_enrolment` without a token. */
  phase: z.enum(["waiting_for_enrolment", "starting", "running", "stopping"]),
  connected: z.boolean(),
  socketOpen: z.boolean(),
  clockOffsetMs: z.number(),
  machineProblem: z.string().nullable(),
  slots: z.object({ total: z.int(), free: z.int() }),
  workspaces: z.array(
    z.object({
      id: z.string(),
      slug: z.string(),
      name: z.string(),
      /** Why the machine is not registered there; null where it is. */
      refusal: z.string().nullable().default(null),
    }),
  ),
  clis: z.array(
    z.object({
      cli: z.string(),
      title: z.string(),
      version: z.string().nullable(),
      problem: z.string().nullable(),
      repairHint: z.string().nullable(),
    }),
  ),
  tasks: z.array(
    z.object({
      taskId: z.string(),
      issueKey: z.string(),
      agentName: z.string(),
      cli: z.string(),
      step: z.string(),
      slot: z.int(),
    }),
  ),
  outbox: z.object({ depth: z.int(), oldestAgeMs: z.int() }),
  /** Records that the server refused for good, newest last. */
  rejected: z.array(
    z.object({
      taskId: z.string(),
      lease: z.int(),
      sequence: z.int(),
      kind: z.string(),
      reason: z.string(),
      atMs: z.number(),
    }),
  ),
});
export type DaemonStatus = z.infer<typeof DaemonStatus>;

/** What the next collection would remove. */
export const CollectableItem = z.object({
  kind: z.enum(["work_directory", "build_artefacts", "cli_sessions", "repository", "temporary"]),
  path: z.string(),
  reason: z.string(),
  bytes: z.int(),
  files: z.int(),
});
export type CollectableItem = z.infer<typeof CollectableItem>;

/** One request per connection, one line of JSON each way. */
export const ControlRequest = z.discriminatedUnion("type", [
  z.object({ type: z.literal("status") }),
  /** `daemonId` must be the daemon's own: a socket at the wrong path stops nobody. */
  z.object({ type: z.literal("stop"), daemonId: z.string(), reason: z.string().max(200) }),
  z.object({ type: z.literal("refresh") }),
  z.object({ type: z.literal("disk_usage") }),
  /** From inside a run: one more repository of the workspace. `marker` is HEADCOUNT_RUN. */
  z.object({
    type: z.literal("checkout"),
    marker: z.string().min(1).max(100),
    url: z.string().min(1).max(1_000),
    ref: z.string().min(1).max(250).nullable(),
  }),
]);
export type ControlRequest = z.infer<typeof ControlRequest>;

export const ControlReply = z.discriminatedUnion("type", [
  z.object({ type: z.literal("status"), status: DaemonStatus }),
  z.object({ type: z.literal("stopping") }),
  z.object({ type: z.literal("refreshing") }),
  z.object({ type: z.literal("disk_usage"), collectable: z.array(CollectableItem) }),
  z.object({ type: z.literal("checked_out"), directory: z.string(), branch: z.string() }),
  /** Somebody else holds what was asked for; nothing was done. */
  z.object({ type: z.literal("busy"), retryAfterMs: z.int() }),
  z.object({ type: z.literal("error"), reason: z.string(), message: z.string() }),
]);
export type ControlReply = z.infer<typeof ControlReply>;
