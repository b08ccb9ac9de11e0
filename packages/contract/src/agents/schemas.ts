import { z } from "zod";
import { AgentId, RuntimeId, SkillId, UserId } from "../kit/ids.ts";
import { Instant, line, text, UsdAmount } from "../kit/values.ts";

export const AgentAccessMode = z.enum(["owner_only", "allow_list", "workspace"]);
export type AgentAccessMode = z.infer<typeof AgentAccessMode>;

/** Derived from the agent's tasks and runtime, never stored. */
export const AgentPresence = z.enum(["working", "idle", "error", "offline", "unbound"]);
export type AgentPresence = z.infer<typeof AgentPresence>;

/** Verdict on whether work given to the agent would run. */
export const AgentReadiness = z.object({
  verdict: z.enum(["available", "waitable", "blocked"]),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
});
export type AgentReadiness = z.infer<typeof AgentReadiness>;

export const AgentLimits = z.object({
  maxConcurrentTasks: z.int().min(1).max(50).default(6),
  /** Minutes after which a run is stopped; null has no limit. */
  wallClockMinutes: z.int().min(1).max(10_080).nullable().default(null),
});

export const Agent = z.object({
  id: AgentId,
  name: z.string(),
  description: z.string(),
  instructions: z.string(),
  runtimeId: RuntimeId.nullable(),
  model: z.string().nullable(),
  effort: z.string().nullable(),
  arguments: z.array(z.string()),
  /** Names only; values leave through one audited route. */
  environmentKeys: z.array(z.string()),
  /** Names of the only MCP servers it is given; null leaves it those of its machine. */
  mcpServerNames: z.array(z.string()).nullable(),
  limits: AgentLimits,
  access: AgentAccessMode,
  allowedMemberIds: z.array(UserId),
  owner: z.object({ id: UserId, name: z.string() }),
  presence: AgentPresence,
  readiness: AgentReadiness,
  runningTasks: z.int(),
  queuedTasks: z.int(),
  /** Last seven local days of the server's UTC calendar, oldest first. */
  recentDays: z.array(
    z.object({ date: z.string(), tasks: z.int(), costUsd: UsdAmount.nullable() }),
  ),
  /** Whether the caller may give it work. */
  canInvoke: z.boolean(),
  revision: z.int(),
  createdAt: Instant,
  archivedAt: Instant.nullable(),
});
export type Agent = z.infer<typeof Agent>;

export const EnvironmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/);

export const AgentFields = z.object({
  name: line(60),
  description: text(255),
  instructions: text(100_000),
  runtimeId: RuntimeId.nullable(),
  model: line(200).nullable(),
  effort: line(40).nullable(),
  arguments: z.array(text(2_000).min(1)).max(64),
  limits: AgentLimits.partial(),
});

export const NewAgent = AgentFields.partial()
  .required({ name: true })
  .extend({
    access: AgentAccessMode.default("owner_only"),
    allowedMemberIds: z.array(UserId).max(200).default([]),
    /** Skills it has from the start. */
    skillIds: z.array(SkillId).max(100).default([]),
  });
