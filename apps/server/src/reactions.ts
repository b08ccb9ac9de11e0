import { endAgentsOfMember } from "./agents/end-agents-of-member.ts";
import { endWorkOfMember } from "./daemons/end-membership.ts";
import { noteRuntime } from "./live/note-runtime.ts";
import { tellOfHeldAgent } from "./notices/tell-of-held-agent.ts";
import type { Reactions } from "./platform/command.ts";
import { forgetDirectoriesOfMember } from "./projects/forget-directories.ts";
import { cancelWorkOfWorkspace } from "./tasks/end-work-reactions.ts";
import { keepLastTaskSession, keepNewTaskSession } from "./usage/import/keep-task-session.ts";
import { bookTaskOnChange } from "./usage/ledger/book-task.ts";
import { moveUsageWithIssue } from "./usage/rollups/move-usage.ts";

/** When this happens, that follows, in the same transaction. */
export const reactions: Reactions = {
  "issue.updated": [moveUsageWithIssue],
  "member.removed": [endAgentsOfMember, endWorkOfMember, forgetDirectoriesOfMember],
  "runtime.offline": [noteRuntime],
  "runtime.online": [noteRuntime],
  "runaway.held": [tellOfHeldAgent],
  "task.started": [bookTaskOnChange],
  "task.ended": [bookTaskOnChange, keepLastTaskSession],
  "task.progress": [keepNewTaskSession],
  "workspace.deleted": [cancelWorkOfWorkspace],
};
