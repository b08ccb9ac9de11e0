import { z } from "zod";
import {
  AgentId,
  DaemonId,
  IssueId,
  MachineId,
  RuntimeId,
  SkillId,
  TaskId,
  WorkspaceId,
} from "../kit/ids.ts";
import { McpServers } from "../agents/mcp-servers.ts";
import { line, text } from "../kit/values.ts";
import { RuntimeInspection } from "../runtimes/inspection.ts";
import { Coverage, FoundSessions } from "../runtimes/schemas.ts";
import { LocalDirectory } from "../projects/directory.ts";
import { LineChanges } from "../tasks/line-changes.ts";
import { SkillHash } from "../skills/task-skill.ts";
import { FiredWatchdog, LimitStop, TranscriptRowType } from "../tasks/states.ts";
import { UsageDrift } from "../usage/schemas.ts";

/** What a daemon can do. Behaviour is gated on these words, never on versions. */
export const DaemonCapability = z.enum([
  /** Makes worktrees; without it no directory of a person's is worked on beside it. */
  "worktree",
  /** Works in directories of the machine's owner. */
  "local_directory",
  /** Looks at a directory when somebody names it, and answers at once. */
  "directory_check",
  "resume",
  "redaction",
  "reconcile",
]);
export type DaemonCapability = z.infer<typeof DaemonCapability>;

export const RuntimeRegistration = z.object({
  cli: z.string().min(1).max(60),
  cliTitle: line(100),
  version: z.string().max(100).nullable(),
  verified: z.boolean(),
  verifiedVersion: z.string().max(100).nullable().default(null),
  coverage: Coverage,
  /** Null while the program has not been asked; what is known of it stays. */
  inspection: RuntimeInspection.nullable().default(null),
  /** Machine-readable reason why it cannot run work; null when it can. */
  problem: z.string().max(100).nullable().default(null),
  problemDetail: z.string().max(1_000).nullable().default(null),
  repairHint: z.string().max(1_000).nullable().default(null),
  /** Null when there are none, or while the machine has not been looked over for them. */
  foundSessions: FoundSessions.nullable().default(null),
});
export type RuntimeRegistration = z.infer<typeof RuntimeRegistration>;

export const DaemonWorkspace = z.object({
  id: WorkspaceId,
  slug: z.string(),
  name: z.string(),
});
export type DaemonWorkspace = z.infer<typeof DaemonWorkspace>;

/** Preparation step that a lease stands in, shown as the reason `starting`. */
export const LeaseStep = z.enum([
  "preparing",
  "waiting_directory",
  "starting",
  "running",
  "finishing",
]);
export type LeaseStep = z.infer<typeof LeaseStep>;

export const HeldLease = z.object({
  workspaceId: WorkspaceId,
  taskId: TaskId,
  lease: z.int().positive(),
  step: LeaseStep,
  /** Milliseconds since the agent last showed progress; drives the stall badge. */
  silentForMs: z.int().nonnegative().default(0),
  toolOpen: z.boolean().default(false),
});
export type HeldLease = z.infer<typeof HeldLease>;

export const Heartbeat = z.object({
  runtimeIds: z.array(RuntimeId).max(500),
  leases: z.array(HeldLease).max(200),
  slots: z.object({ total: z.int().nonnegative(), free: z.int().nonnegative() }),
  outbox: z.object({ depth: z.int().nonnegative(), oldestAgeMs: z.int().nonnegative() }),
  /** Why this machine takes no work although it is alive, e.g. `disk_full`; null otherwise. */
  machineProblem: z.string().max(100).nullable().default(null),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** What somebody wants a machine to do beside its tasks; answered by a call of its own. */
export const MachineRequest = z.object({
  /** `inspect`: ask the program anew for its models and its account. */
  kind: z.literal("inspect"),
  workspaceId: WorkspaceId,
  runtimeId: RuntimeId,
});
export type MachineRequest = z.infer<typeof MachineRequest>;

export const HeartbeatReply = z.object({
  runtimes: z.array(z.object({ id: RuntimeId, state: z.enum(["ok", "gone"]) })),
  leases: z.array(
    z.discriminatedUnion("state", [
      z.object({ taskId: TaskId, lease: z.int(), state: z.enum(["ok", "lost", "cancel"]) }),
      /** Still this machine's, until it has reported the end that a limit asks for. */
      z.object({ taskId: TaskId, lease: z.int(), state: z.literal("stop"), reason: LimitStop }),
    ]),
  ),
  /** Handed out once; kinds that a daemon does not know are passed over. */
  requests: z.array(MachineRequest.nullable().catch(null)).max(100).default([]),
  /** Changes whenever the list of workspaces or their settings may have changed. */
  membershipVersion: z.string(),
  serverTime: z.iso.datetime({ offset: true }),
});
export type HeartbeatReply = z.infer<typeof HeartbeatReply>;

export const ClaimRequest = z.object({
  /** Chosen by the daemon; repeating it returns the same tasks. */
  claimId: z.uuid(),
  runtimeIds: z.array(RuntimeId).min(1).max(500),
  /** Slots that are reserved for this claim. */
  max: z.int().min(1).max(32),
});
export type ClaimRequest = z.infer<typeof ClaimRequest>;

export const ResumeOffer = z.object({
  sessionId: z.string().max(500),
  workDirectory: z.string().max(4_000),
});

/** A skill as a claim names it; its bundle is fetched by `hash` where it is not cached. */
export const ClaimedSkill = z.object({
  /** Null for a skill that comes with the product. */
  id: SkillId.nullable(),
  name: z.string().max(100),
  description: z.string().max(2_000),
  hash: SkillHash,
  /** Bytes of the bundle; the time that fetching it may take follows from it. */
  sizeBytes: z.int().nonnegative(),
});
export type ClaimedSkill = z.infer<typeof ClaimedSkill>;

/** Everything a daemon needs for one run; of all of it only bundles of skills are fetched. */
export const ClaimedTask = z.object({
  workspaceId: WorkspaceId,
  workspaceSlug: z.string(),
  taskId: TaskId,
  lease: z.int().positive(),
  attempt: z.int().positive(),
  /** `hct_…`: lives in the child's environment only. */
  token: z.string(),
  runtimeId: RuntimeId,
  cli: z.string(),
  agent: z.object({
    id: AgentId,
    name: z.string(),
    model: z.string().nullable(),
    effort: z.string().nullable(),
    arguments: z.array(z.string()),
    environment: z.record(z.string(), z.string()),
    /** The only MCP servers of the run; null leaves it those of the machine. */
    mcpServers: McpServers.nullable().default(null),
    wallClockMinutes: z.int().nullable(),
  }),
  issue: z.object({ id: IssueId, key: z.string(), title: z.string() }),
  repositories: z.array(z.object({ url: z.string(), ref: z.string().nullable() })),
  /** Folder of this machine to run in, instead of one that the daemon makes; null without. */
  directory: LocalDirectory.nullable().default(null),
  /** In the order in which their folders get their names. */
  skills: z.array(ClaimedSkill).max(300).default([]),
  /** Text for the context file of the CLI; byte-identical for the same agent, issue and configuration. */
  brief: z.string(),
  /** Text of this one run. */
  turnPrompt: z.string(),
  /** Goes before `turnPrompt` where the run continues no session; empty where none was expected. */
  continuityNotice: z.string(),
  resume: ResumeOffer.nullable(),
  /** Directory of an earlier run of the same agent on the same issue, to be reused; else null. */
  reuseWorkDirectory: z.string().nullable(),
});
export type ClaimedTask = z.infer<typeof ClaimedTask>;

export const TaskStart = z.object({
  argv: z.array(z.string().max(10_000)).max(500),
  workDirectory: z.string().max(4_000),
  displayDirectory: z.string().max(4_000),
  branch: z.string().max(300).nullable(),
  resumed: z.boolean(),
});
export type TaskStart = z.infer<typeof TaskStart>;

export const TranscriptRecord = z.object({
  seq: z.int().nonnegative(),
  type: TranscriptRowType,
  tool: z.string().max(200).nullable().default(null),
  callId: z.string().max(200).nullable().default(null),
  content: z.string().max(70_000),
  input: z.unknown().optional(),
  originalBytes: z.int().nonnegative().nullable().default(null),
  isError: z.boolean().default(false),
  isSubagent: z.boolean().default(false),
  /** Milliseconds between this row and the start of the run on the daemon's monotonic clock. */
  atMs: z.int().nonnegative().default(0),
});
export type TranscriptRecord = z.infer<typeof TranscriptRecord>;

/** Not a number becomes NaN, which the ledger refuses: it must not cost the whole batch. */
const tokens = z.number().catch(Number.NaN);

/** One usage observation. Numbers are checked one by one on arrival so that a bad one harms no other. */
export const UsageRecord = z.object({
  key: z.string().min(1).max(500),
  provider: z.string().max(100).nullable(),
  model: z.string().min(1).max(200),
  role: z.enum(["main", "subagent", "auxiliary"]),
  source: z.string().max(100),
  cumulative: z.boolean(),
  /** Grows when the same source corrects a record. */
  revision: z.number().default(0).catch(Number.NaN),
  input: tokens,
  cacheRead: tokens,
  cacheWrite5m: tokens,
  cacheWrite1h: tokens,
  output: tokens,
  reasoning: tokens,
  reportedCostUsd: z.string().max(40).nullable().default(null),
  reportedCostBasis: z.enum(["billed", "estimated"]).nullable().default(null),
  /** Time of use: milliseconds since the run's start on the daemon's clock. */
  atMs: z.number().default(0).catch(0),
  raw: z.unknown().optional(),
});
export type UsageRecord = z.infer<typeof UsageRecord>;

/** Tool currently open, last line of what it does; shown on cards. */
export const ProgressRecord = z.object({
  activity: z.string().max(200),
});

export const SessionRecord = z.object({
  sessionId: z.string().max(500),
  workDirectory: z.string().max(4_000),
  modelUsed: z.string().max(200).nullable().default(null),
});

/**
 * What the run has changed so far, as totals: the server books by how much they differ from those
 * it has, so that a record that comes twice counts once.
 */
export const ChangesRecord = LineChanges;

export const TerminalRecord = z.object({
  status: z.enum(["completed", "failed", "cancelled"]),
  answer: text(1_000_000),
  failureReason: z.string().max(200).nullable(),
  error: z.string().max(20_000).nullable(),
  sessionId: z.string().max(500).nullable(),
  sessionRetired: z.boolean(),
  resumeRejected: z.boolean(),
  retryAfterMs: z.number().nullable().default(null),
  workDirectory: z.string().max(4_000).nullable(),
  branch: z.string().max(300).nullable(),
  modelUsed: z.string().max(200).nullable(),
  durationMs: z.int().nonnegative(),
  coverage: Coverage,
  /** Whether any tool ran; a fresh session may only be tried when none did. */
  toolRan: z.boolean().default(false),
  /** Limit that ended the run; absent when none did, or when a newer daemon has others. */
  watchdog: FiredWatchdog.optional().catch(undefined),
  /** How the CLI's final account differs from what its stream had reported, per model. */
  drift: z.array(UsageDrift).max(50).optional(),
  /** Absent where the work directory could not be measured. */
  changes: LineChanges.optional(),
});
export type TerminalRecord = z.infer<typeof TerminalRecord>;

/**
 * One record of the daemon's outbox. `(taskId, lease, sequence)` identifies it; replays are harmless.
 * `cancel_ack` confirms that nothing of a cancelled task runs any more.
 */
const recordHead = {
  workspaceId: WorkspaceId,
  taskId: TaskId,
  lease: z.int().positive(),
  sequence: z.int().nonnegative(),
  /** Milliseconds this record has waited in the outbox. */
  ageMs: z.int().nonnegative().default(0),
};
export const OutboxRecord = z.discriminatedUnion("kind", [
  z.object({ ...recordHead, kind: z.literal("transcript"), body: TranscriptRecord }),
  z.object({ ...recordHead, kind: z.literal("usage"), body: UsageRecord }),
  z.object({ ...recordHead, kind: z.literal("progress"), body: ProgressRecord }),
  z.object({ ...recordHead, kind: z.literal("session"), body: SessionRecord }),
  z.object({ ...recordHead, kind: z.literal("changes"), body: ChangesRecord }),
  z.object({ ...recordHead, kind: z.literal("terminal"), body: TerminalRecord }),
  z.object({
    ...recordHead,
    kind: z.literal("cancel_ack"),
    body: z.object({ branch: z.string().nullable(), workDirectory: z.string().nullable() }),
  }),
]);
export type OutboxRecord = z.infer<typeof OutboxRecord>;

export const RecordAcknowledgement = z.object({
  taskId: TaskId,
  lease: z.int(),
  sequence: z.int(),
  /** `late`: filed under an ended lease, nothing triggered. `retry`: keep it and send it again. */
  result: z.enum(["stored", "duplicate", "late", "rejected", "retry"]),
  reason: z.string().nullable(),
});
export type RecordAcknowledgement = z.infer<typeof RecordAcknowledgement>;

export const OwnedTask = z.object({
  workspaceId: WorkspaceId,
  taskId: TaskId,
  lease: z.int(),
  status: z.string(),
});

export const DaemonIdentity = z.object({
  daemonId: DaemonId,
  /**
   * The same for every daemon that one operating-system user runs on one computer, under whatever
   * profile or host name. A daemon that does not say is a machine of its own.
   */
  machineId: MachineId.optional(),
  deviceName: line(100),
  version: z.string().max(50),
  platform: z.string().max(50),
  capabilities: z.array(z.string().max(50)).max(50),
});
export type DaemonIdentity = z.infer<typeof DaemonIdentity>;
