import { z } from "zod";

/** CLIs whose own session files can be brought in. */
export const ImportedCli = z.enum(["claude", "codex", "gemini", "opencode", "qwen", "pi", "kimi"]);
export type ImportedCli = z.infer<typeof ImportedCli>;

// NaN fails the check of the one record; a schema error would refuse its whole batch.
const tokens = z.number().catch(Number.NaN);

/**
 * One model call of a session that Headcount did not start. `key` is made of facts of the call
 * alone, so that history which another session's file repeats is the same call.
 */
export const ImportRecord = z.object({
  key: z.string().min(1).max(500),
  sessionId: z.string().min(1).max(500),
  provider: z.string().max(100).nullable(),
  model: z.string().min(1).max(200),
  role: z.enum(["main", "subagent", "auxiliary"]),
  /** ISO 8601. */
  usedAt: z.string().max(60).catch(""),
  cumulative: z.boolean(),
  /** The larger one is what the call came to. */
  revision: z.number().default(0).catch(Number.NaN),
  input: tokens,
  cacheRead: tokens,
  cacheWrite5m: tokens,
  cacheWrite1h: tokens,
  output: tokens,
  reasoning: tokens,
  reportedCostUsd: z.string().max(40).nullable().default(null),
  reportedCostBasis: z.enum(["billed", "estimated"]).nullable().default(null),
  /** `subscription`: counted at list prices beside what is paid for, never with it. */
  billing: z.enum(["api", "subscription"]).default("api"),
  raw: z.unknown().optional(),
});
export type ImportRecord = z.infer<typeof ImportRecord>;

/** What became of one record; `reason` says why it was rejected. */
export const ImportResult = z.object({
  key: z.string().nullable(),
  result: z.enum(["stored", "duplicate", "corrected", "rejected"]),
  reason: z.string().nullable(),
});
export type ImportResult = z.infer<typeof ImportResult>;

/** Most records of one call. */
export const mostImportRecords = 1_000;
