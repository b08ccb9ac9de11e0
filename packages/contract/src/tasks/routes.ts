import { z } from "zod";
import { AgentId, IssueId, RuntimeId, TaskId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { pageInput, pageOf, queryList, workspacePath } from "../kit/values.ts";
import { Task, TranscriptRow } from "./schemas.ts";
import { TaskStatus, WaitingReason } from "./states.ts";

const taskPath = { ...workspacePath, taskId: TaskId };

export const tasks = {
  list: route({
    name: "tasks.list",
    method: "GET",
    path: "/api/w/:workspace/tasks",
    summary: "Tasks, newest first",
    access: "member",
    input: z.object({
      ...workspacePath,
      agentId: AgentId.optional(),
      issueId: IssueId.optional(),
      runtimeId: RuntimeId.optional(),
      status: queryList(TaskStatus).optional(),
      ...pageInput,
    }),
    output: pageOf(Task),
  }),
  get: route({
    name: "tasks.get",
    method: "GET",
    path: "/api/w/:workspace/tasks/:taskId",
    summary: "One task",
    access: "member",
    input: z.object(taskPath),
    output: Task,
  }),
  why: route({
    name: "tasks.why",
    method: "GET",
    path: "/api/w/:workspace/tasks/:taskId/why",
    summary: "Every reason why the task is not running yet, the decisive one first",
    access: "member",
    input: z.object(taskPath),
    output: z.object({ status: TaskStatus, reasons: z.array(WaitingReason) }),
  }),
  transcript: route({
    name: "tasks.transcript",
    method: "GET",
    path: "/api/w/:workspace/tasks/:taskId/transcript",
    summary: "Transcript rows after a place, in order",
    access: "member",
    input: z.object({
      ...taskPath,
      /** `lease.seq` of the last row already known. */
      after: z
        .string()
        .regex(/^\d+\.\d+$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(2_000).default(500),
    }),
    output: z.object({
      items: z.array(TranscriptRow),
      nextAfter: z.string().nullable(),
      hasMore: z.boolean(),
    }),
  }),
  cancel: route({
    name: "tasks.cancel",
    method: "POST",
    path: "/api/w/:workspace/tasks/:taskId/cancel",
    summary: "Stop a task; what it has done and used is kept",
    access: "member",
    input: z.object(taskPath),
    output: Task,
    reasons: ["task.already_ended"],
  }),
  rerun: route({
    name: "tasks.rerun",
    method: "POST",
    path: "/api/w/:workspace/tasks/:taskId/rerun",
    summary: "Run the same trigger again; replaces unstarted work of the same agent on the issue",
    access: "member_human",
    input: z.object(taskPath),
    output: Task,
    reasons: ["agent_not_available"],
  }),
  runNow: route({
    name: "tasks.run-now",
    method: "POST",
    path: "/api/w/:workspace/tasks/:taskId/run-now",
    summary: "Promote a deferred task at once",
    access: "member_human",
    input: z.object(taskPath),
    output: Task,
    reasons: ["task.not_deferred"],
  }),
  continueChain: route({
    name: "tasks.continue-chain",
    method: "POST",
    path: "/api/w/:workspace/tasks/:taskId/continue",
    summary: "Go on after a loop guard stopped a chain of agents; starts a new chain",
    access: "member_human",
    input: z.object(taskPath),
    output: Task,
  }),
};
