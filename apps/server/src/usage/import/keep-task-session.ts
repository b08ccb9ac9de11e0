import type { Reaction } from "../../platform/command.ts";
import { insertTaskSession } from "./store.ts";

/** Remembers a task's session as soon as it is known. */
export const keepNewTaskSession: Reaction<"task.progress"> = async (ctx, change) => {
  if (change.changed?.includes("sessionId")) await insertTaskSession(ctx, change.entity.id);
};

/** A run that ends at once names its session with its result. */
export const keepLastTaskSession: Reaction<"task.ended"> = (ctx, change) =>
  insertTaskSession(ctx, change.entity.id);
