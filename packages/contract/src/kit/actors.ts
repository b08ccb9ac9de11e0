import { z } from "zod";

/** Who did something, with the name it had when it was last seen, so that deleted ones still read. */
export const ActorRef = z.object({
  type: z.enum(["member", "agent", "daemon", "system"]),
  /** Null for `system`. */
  id: z.string().nullable(),
  name: z.string(),
});
export type ActorRef = z.infer<typeof ActorRef>;

/** A person or an agent that work can be given to. */
export const AssigneeRef = z.object({
  type: z.enum(["member", "agent"]),
  id: z.uuid(),
  name: z.string(),
});
export type AssigneeRef = z.infer<typeof AssigneeRef>;

export const AssigneeInput = z.object({ type: z.enum(["member", "agent"]), id: z.uuid() });
export type AssigneeInput = z.infer<typeof AssigneeInput>;
