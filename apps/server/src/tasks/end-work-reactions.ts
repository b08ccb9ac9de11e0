import type { Reaction } from "../platform/command.ts";
import { cancelTasksOf } from "./cancel-tasks-of.ts";

/** Nothing runs in a deleted workspace. */
export const cancelWorkOfWorkspace: Reaction<"workspace.deleted"> = async (ctx) => {
  await cancelTasksOf(ctx, { workspace: "all" }, "subject_deleted");
};
