import { setTimeout as delay } from "node:timers/promises";
import type { TaskId } from "@headcount/contract/kit/ids";
import type { Task } from "@headcount/contract/tasks/schemas";
import type { CallApi } from "../api/api.ts";
import type { Cli } from "../cli.ts";
import { ReplyError } from "../errors/reply-error.ts";
import type { Checks } from "./checks.ts";
import type { Report } from "./report.ts";
import type { Person } from "./find-access.ts";

const registrationLimitMs = 30_000;
const runLimitMs = 180_000;
const settleLimitMs = 10_000;
const pauseMs = 250;

/** Queues the test task and follows it link by link; what is missing names the broken link. */
export async function proveRun(
  cli: Cli,
  { call, workspace }: Person,
  checks: Checks,
): Promise<Report["task"]> {
  const started = await startTask(cli, { call, workspace }, checks);
  if (!started) return null;
  const { taskId, issueKey } = started;
  cli.hint(`Test task ${taskId} on ${issueKey} is queued.`);
  const task = await waitForEnd(cli, { call, workspace }, taskId);
  checkLife(task, checks, await reasonsOf(call, workspace, task));
  await checkTranscript(cli, { call, workspace, taskId }, checks);
  await checkComment({ call, workspace, issueKey, task }, checks);
  return checkUsage(cli, { call, workspace, task }, checks);
}

/** The machine's runtime may still be on its way to the server. */
async function startTask(
  cli: Cli,
  { call, workspace }: Person,
  checks: Checks,
): Promise<{ readonly taskId: TaskId; readonly issueKey: string } | null> {
  for (const began = performance.now(); ;) {
    try {
      const started = await call("server.doctor-run", { workspace });
      checks.pass("run queued", `task ${started.taskId} on ${started.issueKey}`);
      return started;
    } catch (error) {
      if (!(error instanceof ReplyError)) throw error;
      const isEarly = error.reason === "doctor.no_runtime";
      if (!isEarly || performance.now() - began > registrationLimitMs) {
        checks.fail("run queued", error.message, "Run `headcount daemon status`.");
        return null;
      }
      await delay(pauseMs, undefined, { signal: cli.io.signal });
    }
  }
}

async function waitForEnd(cli: Cli, { call, workspace }: Person, taskId: TaskId): Promise<Task> {
  let shown = "";
  for (const began = performance.now(); ;) {
    const task = await call("tasks.get", { workspace, taskId });
    const now = [task.status, task.activity ?? task.waiting?.detail].filter(Boolean).join(": ");
    if (now !== shown) cli.hint(`  ${now}`);
    shown = now;
    if (task.endedAt !== null || performance.now() - began > runLimitMs) return task;
    await delay(pauseMs, undefined, { signal: cli.io.signal });
  }
}

async function reasonsOf(call: CallApi, workspace: string, task: Task): Promise<string> {
  if (task.startedAt !== null) return "";
  const { reasons } = await call("tasks.why", { workspace, taskId: task.id });
  return reasons
    .map((reason) => [reason.detail, reason.action].filter(Boolean).join(" "))
    .join(" ");
}

function checkLife(task: Task, checks: Checks, reasons: string): void {
  const why = `headcount task why ${task.id}`;
  if (task.dispatchedAt === null) {
    return checks.fail("run claimed", reasons || `still ${task.status}`, `Run \`${why}\`.`);
  }
  checks.pass("run claimed", `by ${task.runtimeName ?? "a runtime"}`);
  if (task.startedAt === null) {
    return checks.fail("run started", reasons || `still ${task.status}`, `Run \`${why}\`.`);
  }
  checks.pass("run started", task.startedAt);
  if (task.status === "completed") return checks.pass("run ended", task.outcome ?? "completed");
  const detail = task.remedy ?? task.failureReason ?? `still ${task.status}`;
  checks.fail("run ended", `${task.status}: ${detail}`, "Look at `headcount daemon logs`.");
}

async function checkTranscript(
  cli: Cli,
  { call, workspace, taskId }: Person & { readonly taskId: TaskId },
  checks: Checks,
): Promise<void> {
  const rows = await settle(cli, async () => {
    const page = await call("tasks.transcript", { workspace, taskId, limit: 2_000 });
    return page.items.length > 0 ? page.items.length : null;
  });
  if (rows !== null) return checks.pass("run transcript", `${rows} rows received`);
  checks.fail("run transcript", "no row was received", "Run `headcount daemon outbox`.");
}

async function checkComment(
  parts: Person & { readonly issueKey: string; readonly task: Task },
  checks: Checks,
): Promise<void> {
  const { call, workspace, issueKey, task } = parts;
  const { items } = await call("comments.list", { workspace, issue: issueKey });
  const found = items.some((item) => item.taskId === task.id || item.author.id === task.agentId);
  if (found) return checks.pass("run comment", `on ${issueKey}`);
  const fix = `Run \`headcount task transcript ${task.id}\`.`;
  checks.fail("run comment", `no comment appeared on ${issueKey}`, fix);
}

async function checkUsage(
  cli: Cli,
  { call, workspace, task }: Person & { readonly task: Task },
  checks: Checks,
): Promise<Report["task"]> {
  const read = (): Promise<Task> => call("tasks.get", { workspace, taskId: task.id });
  const booked = await settle(cli, async () => {
    const now = await read();
    return now.usage.events > 0 ? now : null;
  });
  const { usage, costUsd, status, outcome, id } = booked ?? (await read());
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, total } = usage.tokens;
  if (booked) checks.pass("run usage", `${total} tokens in ${usage.events} calls are booked`);
  else checks.fail("run usage", "no usage was booked", "Run `headcount daemon outbox`.");
  const cacheWrite = (BigInt(cacheWrite5m) + BigInt(cacheWrite1h)).toString();
  return {
    id,
    status,
    outcome,
    usage: { input, cacheRead, cacheWrite: asTokenCount(cacheWrite), output, costUsd },
  };
}

/** Counts are numbers while these are exact. */
function asTokenCount(text: string): number | string {
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : text;
}

/** Looks again for a while: the last records may arrive just after the end. */
async function settle<Value>(cli: Cli, look: () => Promise<Value | null>): Promise<Value | null> {
  for (const began = performance.now(); ;) {
    const value = await look();
    if (value !== null || performance.now() - began > settleLimitMs) return value;
    await delay(pauseMs, undefined, { signal: cli.io.signal });
  }
}
