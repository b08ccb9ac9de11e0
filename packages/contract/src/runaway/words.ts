/**
 * What the guard sees: spend far above the agent's own history · work of an agent started over and
 * over · runs that end without effect and start again.
 */
export const runawayKinds = ["velocity", "trigger_storm", "loop"] as const;
export type RunawayKind = (typeof runawayKinds)[number];
