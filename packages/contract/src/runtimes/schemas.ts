import { z } from "zod";
import { AgentId, DaemonId, RuntimeId, UserId } from "../kit/ids.ts";
import { Instant } from "../kit/values.ts";
import { ShownInspection } from "./inspection.ts";

export const RuntimeSharing = z.enum(["private", "workspace"]);
export type RuntimeSharing = z.infer<typeof RuntimeSharing>;

/** online < 45 s since the last heartbeat · recently_lost < 5 min · offline · expiring after 6 days. */
export const RuntimeHealth = z.enum(["online", "recently_lost", "offline", "expiring"]);
export type RuntimeHealth = z.infer<typeof RuntimeHealth>;

export const Coverage = z.object({
  level: z.enum(["exact", "partial", "none"]),
  reason: z.string(),
});

/** Sessions of an agent CLI that its machine holds, whoever started them; told by the files' times. */
export const FoundSessions = z.object({
  sessions: z.int().positive(),
  /** Days (UTC) of the first and of the last change. */
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
});
export type FoundSessions = z.infer<typeof FoundSessions>;

/** One machine × one agent CLI × one workspace. */
export const Runtime = z.object({
  id: RuntimeId,
  daemonId: DaemonId,
  machineName: z.string(),
  /** Agent CLI of this runtime: `claude`, `codex`, `gemini`, … */
  cli: z.string(),
  cliTitle: z.string(),
  name: z.string(),
  customName: z.string().nullable(),
  cliVersion: z.string().nullable(),
  daemonVersion: z.string(),
  platform: z.string(),
  owner: z.object({ id: UserId, name: z.string() }),
  sharing: RuntimeSharing,
  health: RuntimeHealth,
  /** Why it cannot run work although its machine is there: machine-readable, null when it can. */
  problem: z.string().nullable(),
  problemDetail: z.string().nullable(),
  repairHint: z.string().nullable(),
  lastSeenAt: Instant,
  slots: z.object({ total: z.int(), free: z.int() }),
  outbox: z.object({ depth: z.int(), oldestAgeMs: z.int() }),
  /** Whether this CLI's row has been verified with the real program, and how exact its usage is. */
  verified: z.boolean(),
  /** Version of the program with which that was done; null where it has not been. */
  verifiedVersion: z.string().nullable(),
  coverage: Coverage,
  /** Models to choose from; any other name may be asked for as well. */
  models: z.array(z.string()),
  inspection: ShownInspection,
  capabilities: z.array(z.string()),
  agents: z.array(z.object({ id: AgentId, name: z.string() })),
  runningTasks: z.int(),
  /** Sessions that could be brought in. Null when there are none, and for everybody but its owner. */
  foundSessions: FoundSessions.nullable(),
  createdAt: Instant,
});
export type Runtime = z.infer<typeof Runtime>;
