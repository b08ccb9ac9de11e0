/** The seven states a reader has to tell apart; each has one colour and one shape everywhere. */
export const taskStates = [
  "running",
  "queued",
  "waiting",
  "blocked",
  "done",
  "failed",
  "cancelled",
] as const;

export type TaskState = (typeof taskStates)[number];
