import { v7 } from "uuid";
import { z } from "zod";

/**
 * Every id is a UUID minted by the application (version 7, so it sorts by time of creation).
 * Brands keep an issue's id from being passed where an agent's is wanted.
 */
export const UserId = z.uuid().brand<"UserId", "inout">();
export type UserId = z.infer<typeof UserId>;
export const WorkspaceId = z.uuid().brand<"WorkspaceId", "inout">();
export type WorkspaceId = z.infer<typeof WorkspaceId>;
export const IssueId = z.uuid().brand<"IssueId", "inout">();
export type IssueId = z.infer<typeof IssueId>;
export const CommentId = z.uuid().brand<"CommentId", "inout">();
export type CommentId = z.infer<typeof CommentId>;
export const ProjectId = z.uuid().brand<"ProjectId", "inout">();
export type ProjectId = z.infer<typeof ProjectId>;
export const AgentId = z.uuid().brand<"AgentId", "inout">();
export type AgentId = z.infer<typeof AgentId>;
export const SkillId = z.uuid().brand<"SkillId", "inout">();
export type SkillId = z.infer<typeof SkillId>;
export const RuntimeId = z.uuid().brand<"RuntimeId", "inout">();
export type RuntimeId = z.infer<typeof RuntimeId>;
export const DaemonId = z.uuid().brand<"DaemonId", "inout">();
export type DaemonId = z.infer<typeof DaemonId>;
export const MachineId = z.uuid().brand<"MachineId", "inout">();
export type MachineId = z.infer<typeof MachineId>;
export const TaskId = z.uuid().brand<"TaskId", "inout">();
export type TaskId = z.infer<typeof TaskId>;
export const InvitationId = z.uuid().brand<"InvitationId", "inout">();
export type InvitationId = z.infer<typeof InvitationId>;
export const SessionId = z.uuid().brand<"SessionId", "inout">();
export type SessionId = z.infer<typeof SessionId>;
export const PersonalTokenId = z.uuid().brand<"PersonalTokenId", "inout">();
export type PersonalTokenId = z.infer<typeof PersonalTokenId>;
export const PriceOverrideId = z.uuid().brand<"PriceOverrideId", "inout">();
export type PriceOverrideId = z.infer<typeof PriceOverrideId>;
export const RepricingId = z.uuid().brand<"RepricingId", "inout">();
export type RepricingId = z.infer<typeof RepricingId>;
export const BudgetId = z.uuid().brand<"BudgetId", "inout">();
export type BudgetId = z.infer<typeof BudgetId>;
export const TankEntryId = z.uuid().brand<"TankEntryId", "inout">();
export type TankEntryId = z.infer<typeof TankEntryId>;
export const NoticeId = z.uuid().brand<"NoticeId", "inout">();
export type NoticeId = z.infer<typeof NoticeId>;
export const WebhookDeliveryId = z.uuid().brand<"WebhookDeliveryId", "inout">();
export type WebhookDeliveryId = z.infer<typeof WebhookDeliveryId>;
export const RunawayHoldId = z.uuid().brand<"RunawayHoldId", "inout">();
export type RunawayHoldId = z.infer<typeof RunawayHoldId>;
export const PullRequestId = z.uuid().brand<"PullRequestId", "inout">();
export type PullRequestId = z.infer<typeof PullRequestId>;
export const GitConnectionId = z.uuid().brand<"GitConnectionId", "inout">();
export type GitConnectionId = z.infer<typeof GitConnectionId>;

/** Mints an id. The type parameter is the brand: `newId<TaskId>()`. */
export function newId<Id extends string>(): Id {
  // A fresh UUID belongs to no entity yet, so the caller decides which brand it carries.
  return v7() as Id;
}
