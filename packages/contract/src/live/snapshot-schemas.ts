import { z } from "zod";
import { ActorRef } from "../kit/actors.ts";
import { Instant } from "../kit/values.ts";
import { Task } from "../tasks/schemas.ts";
import { LiveGauges } from "./gauge-schemas.ts";

/** A task at work or waiting, as far as its reader may see it. */
export const LiveTask = Task.pick({
  id: true,
  issueId: true,
  issueKey: true,
  issueTitle: true,
  agentId: true,
  agentName: true,
  isPrivate: true,
  kind: true,
  status: true,
  queuedAt: true,
  startedAt: true,
  fireAt: true,
  runtimeName: true,
  modelUsed: true,
  accountable: true,
  activity: true,
  toolOpen: true,
  stalledSince: true,
  waiting: true,
  costUsd: true,
  usage: true,
  changes: true,
});
export type LiveTask = z.infer<typeof LiveTask>;

/** One thing that has happened lately. */
export const LiveEvent = z.object({
  /** Grows with every change of the workspace. */
  seq: z.int(),
  at: Instant,
  type: z.enum([
    "task.started",
    "task.ended",
    "issue.created",
    "issue.moved",
    "comment.created",
    "runtime.online",
    "runtime.offline",
  ]),
  actor: ActorRef,
  issue: z.object({ id: z.uuid(), key: z.string(), title: z.string() }).nullable(),
  agent: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  taskId: z.uuid().nullable(),
  /** What became of a task. */
  outcome: z.string().nullable(),
  /** To where an issue moved. */
  status: z.string().nullable(),
  /** Machine and CLI that went or came. */
  runtimeName: z.string().nullable(),
});
export type LiveEvent = z.infer<typeof LiveEvent>;

export const LiveSnapshot = z.object({
  gauges: LiveGauges,
  /** Running tasks, the longest running first. */
  work: z.object({ items: z.array(LiveTask), total: z.int() }),
  /** Unfinished tasks that are not running, in the order in which they were queued. */
  queue: z.object({ items: z.array(LiveTask), total: z.int() }),
  /** Newest first. */
  activity: z.array(LiveEvent),
  asOf: Instant,
});
export type LiveSnapshot = z.infer<typeof LiveSnapshot>;
