import { z } from "zod";
import { LocalDirectory } from "../projects/directory.ts";
import { LimitStop } from "../tasks/states.ts";

/** Hints of the daemon socket, server to daemon. Losing any of them only costs a poll interval. */
export const DaemonHint = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("work") }),
  /** The next heartbeat brings a request. */
  z.object({ type: z.literal("request") }),
  z.object({ type: z.literal("cancel"), taskId: z.uuid(), lease: z.int() }),
  /** A limit ends this run; it is to report so, and is continued another time. */
  z.object({ type: z.literal("stop"), taskId: z.uuid(), lease: z.int(), reason: LimitStop }),
  z.object({ type: z.literal("membership") }),
  /** Somebody names this folder for a project now: may tasks run there in this way? */
  z.object({ type: z.literal("check_directory"), checkId: z.uuid(), ...LocalDirectory.shape }),
  z.object({ type: z.literal("bye"), reason: z.string(), retryAfterMs: z.int() }),
]);
export type DaemonHint = z.infer<typeof DaemonHint>;
