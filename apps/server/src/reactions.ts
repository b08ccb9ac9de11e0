import { endAgentsOfMember } from "./agents/end-agents-of-member.ts";
import { coverContinuedTask } from "./budgets/cover-continuation.ts";
import { endWorkOfMember } from "./daemons/end-membership.ts";
import { noteRuntime } from "./live/note-runtime.ts";
import {
  tellOfEmptyTank,
  tellOfExhausted,
  tellOfLifted,
  tellOfLowTank,
  tellOfThreshold,
} from "./notices/tell-of-budget.ts";
import { tellOfHeldAgent } from "./notices/tell-of-held-agent.ts";
import type { Reactions } from "./platform/command.ts";
import { forgetDirectoriesOfMember } from "./projects/forget-directories.ts";
import { sayEmpty, sayLowFuel } from "./tank/say-level.ts";
import { cancelWorkOfWorkspace } from "./tasks/end-work-reactions.ts";
import { keepLastTaskSession, keepNewTaskSession } from "./usage/import/keep-task-session.ts";
import { bookTaskOnChange } from "./usage/ledger/book-task.ts";
import { moveUsageWithIssue } from "./usage/rollups/move-usage.ts";

/** When this happens, that follows, in the same transaction. */
export const reactions: Reactions = {
  "budget.exhausted": [tellOfExhausted, sayEmpty],
  "budget.lifted": [tellOfLifted],
  "budget.threshold": [tellOfThreshold, sayLowFuel],
  "issue.updated": [moveUsageWithIssue],
  "member.removed": [endAgentsOfMember, endWorkOfMember, forgetDirectoriesOfMember],
  "runtime.offline": [noteRuntime],
  "runtime.online": [noteRuntime],
  "runaway.held": [tellOfHeldAgent],
  "tank.empty": [tellOfEmptyTank],
  "tank.low": [tellOfLowTank],
  "task.queued": [coverContinuedTask],
  "task.started": [bookTaskOnChange],
  "task.ended": [bookTaskOnChange, keepLastTaskSession],
  "task.progress": [keepNewTaskSession],
  "workspace.deleted": [cancelWorkOfWorkspace],
};
