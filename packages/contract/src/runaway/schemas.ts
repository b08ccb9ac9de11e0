import { z } from "zod";
import { AgentId, IssueId, RunawayHoldId, UserId } from "../kit/ids.ts";
import { Instant } from "../kit/values.ts";
import { runawayKinds } from "./words.ts";

/** An agent that the guard keeps from starting work, until a person lets it go on. */
export const RunawayHold = z.object({
  id: RunawayHoldId,
  agentId: AgentId,
  agentName: z.string(),
  kind: z.enum(runawayKinds),
  since: Instant,
  /** One English sentence; clients translate by `kind` and `facts`. */
  detail: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** Issue on which it happened, where there is one. */
  issueId: IssueId.nullable(),
  issueKey: z.string().nullable(),
  heldTasks: z.int(),
  /** The caller is a person who may let it go on. */
  mayRelease: z.boolean(),
  liftedAt: Instant.nullable(),
  liftedBy: UserId.nullable(),
});
export type RunawayHold = z.infer<typeof RunawayHold>;
