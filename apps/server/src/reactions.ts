import type { Reactions } from "./platform/command.ts";
import { moveUsageWithIssue } from "./usage/move-usage.ts";

/** When this happens, that follows, in the same transaction. */
export const reactions: Reactions = {
  "issue.updated": [moveUsageWithIssue],
};
