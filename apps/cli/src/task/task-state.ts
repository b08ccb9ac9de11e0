import type { LiveTask } from "@headcount/contract/issues/schemas";
import type { Task } from "@headcount/contract/tasks/schemas";
import { formatSpan } from "../output/format-span.ts";

type Running = Pick<LiveTask, "status" | "stalledSince" | "toolOpen">;

/** The status of a task, with how long a running agent has been silent when that is too long. */
export function describeState({ status, stalledSince, toolOpen }: Running, now: Date): string {
  if (stalledSince === null) return status;
  const span = formatSpan(now.getTime() - Date.parse(stalledSince));
  return `${status}, silent for ${span}${toolOpen ? ", tool open" : ""}`;
}

const limits: Readonly<Record<NonNullable<Task["watchdog"]>["name"], string>> = {
  wall_clock: "longest run",
  silence: "silence",
  silent_tool: "silence in a tool",
  handshake: "no answer of the CLI at its start",
  no_progress: "no progress",
};

/** Which limit ended a run, and how long it was. */
export function describeWatchdog(fired: Task["watchdog"]): string | null {
  return fired === null ? null : `${limits[fired.name]} (${formatSpan(fired.limitMs)})`;
}
