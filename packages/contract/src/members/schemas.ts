import { z } from "zod";
import { InvitationId, UserId } from "../kit/ids.ts";
import { Instant } from "../kit/values.ts";
import { Role } from "../workspaces/schemas.ts";

/** A person in a workspace; `id` is the user's id. */
export const Member = z.object({
  id: UserId,
  name: z.string(),
  email: z.string(),
  role: Role,
  joinedAt: Instant,
});
export type Member = z.infer<typeof Member>;

export const InvitationState = z.enum(["pending", "accepted", "declined", "expired", "revoked"]);

export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  role: z.enum(["admin", "member"]),
  state: InvitationState,
  inviterName: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;
