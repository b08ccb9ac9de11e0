import type { Reactions } from "./platform/command.ts";

/** When this happens, that follows, in the same transaction. */
export const reactions: Reactions = {};
