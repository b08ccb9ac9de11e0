import type { TaskId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
import { coverContinuation } from "./store.ts";

/** Reaction to a new task: one that continues a task with a budget of its own spends that too. */
export const coverContinuedTask: Reaction<"task.queued"> = (ctx, change) =>
  coverContinuation(ctx, change.entity.id as TaskId);
