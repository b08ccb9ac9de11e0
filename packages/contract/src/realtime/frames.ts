import { z } from "zod";
import { TranscriptRow } from "../tasks/schemas.ts";
import { ChangeItem } from "./changes.ts";

/**
 * Streams of the browser socket: `workspace:<id>` (cursor = change seq as a decimal string) and
 * `task:<workspaceId>:<taskId>` (cursor = `lease.seq` of the last row).
 */
export const StreamName = z
  .string()
  .regex(/^(workspace:[0-9a-f-]{36}|task:[0-9a-f-]{36}:[0-9a-f-]{36})$/);

export const ClientFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("auth"), token: z.string().max(500) }),
  z.object({ type: z.literal("sub"), stream: StreamName, after: z.string().max(60) }),
  z.object({ type: z.literal("unsub"), stream: StreamName }),
  z.object({ type: z.literal("ping") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const ServerFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), contract: z.int(), serverVersion: z.string() }),
  z.object({ type: z.literal("ack"), stream: z.string(), cursor: z.string() }),
  z.object({
    type: z.literal("changes"),
    stream: z.string(),
    from: z.string(),
    to: z.string(),
    items: z.array(ChangeItem),
    /** Changes that are still to come before the stream is live. */
    remaining: z.int().nonnegative(),
  }),
  z.object({
    type: z.literal("rows"),
    stream: z.string(),
    cursor: z.string(),
    items: z.array(TranscriptRow),
  }),
  z.object({
    type: z.literal("snapshot_required"),
    stream: z.string(),
    reason: z.string(),
    cursor: z.string(),
  }),
  z.object({
    type: z.literal("error"),
    code: z.string(),
    reason: z.string(),
    stream: z.string().optional(),
    retryAfterMs: z.int().optional(),
  }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("bye"), reason: z.string(), retryAfterMs: z.int() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/** Largest frame a client may send, from the first byte on. */
export const maxClientFrameBytes = 64 * 1024;
