/** What people are told of; each names the thing that it is about. */
export const noticeTypes = [
  "budget_threshold",
  "budget_exhausted",
  "budget_lifted",
  "tank_low",
  "tank_empty",
  "agent_held",
] as const;
export type NoticeType = (typeof noticeTypes)[number];

/** A person has to act · may want to · may want to know. */
export const noticeSeverities = ["action_required", "attention", "info"] as const;
export type NoticeSeverity = (typeof noticeSeverities)[number];
