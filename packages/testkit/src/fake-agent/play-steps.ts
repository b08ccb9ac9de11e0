import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { allCounts } from "../fake-model/token-counts.ts";
import { waitUnlessAborted } from "../fake-model/wait-unless-aborted.ts";
import type { ApiErrorStep, RetryStep, Step } from "./agent-script.ts";
import type { LineWriter } from "./line-writer.ts";
import { type ToolOutcome, leaveBehind, runTool } from "./tool-process.ts";
import type { UsageBooks } from "./usage-books.ts";

const FILE_POLL_MS = 20;
const MAX_RETRIES = 10;

type Fields = Readonly<Record<string, unknown>>;

/** How a turn ended, as the fields of its result line. */
export type TurnEnd = Fields & { readonly is_error: boolean };

export type Stage = {
  readonly writer: LineWriter;
  readonly books: UsageBooks;
  /** Aborts when the turn is interrupted. */
  readonly interrupted: AbortSignal;
  /** From now on neither interrupt nor SIGTERM is heeded. */
  readonly becomeDeaf: () => void;
};

/** Plays one turn to its end, or until it is interrupted. */
export async function playSteps(steps: readonly Step[], stage: Stage): Promise<TurnEnd> {
  const { writer, interrupted } = stage;
  let answer = "";
  for (const step of steps) {
    if ("text" in step) answer = step.text;
    const end = await playStep(step, stage);
    if (interrupted.aborted) return aborted(writer, isToolStep(step));
    if (end !== undefined) {
      writer.endTurn();
      return end;
    }
  }
  writer.endTurn();
  return success({ result: answer });
}

async function playStep(step: Step, stage: Stage): Promise<TurnEnd | undefined> {
  const { writer } = stage;
  if ("usage" in step) {
    if (step.aside) stage.books.bookAside(step.model ?? writer.model, allCounts(step.usage));
    else writer.beginCall(step.usage, step.model);
  } else if ("thinking" in step) {
    writer.writeBlock({ type: "thinking", thinking: step.thinking, signature: "ZmFrZQ==" });
  } else if ("noise" in step) {
    process[step.to ?? "stdout"].write(`${step.noise}\n`);
  } else if ("apiRetry" in step) {
    writeRetries(step, writer);
  } else if ("apiError" in step) {
    return apiError(step, writer);
  } else if ("result" in step) {
    return success(typeof step.result === "string" ? { result: step.result } : step.result);
  } else if ("exit" in step) {
    process.exit(step.exit);
  } else if ("crash" in step) {
    process.kill(process.pid, "SIGKILL");
    await untilAborted(new AbortController().signal);
  } else if ("hang" in step) {
    if (step.hang === "deaf") stage.becomeDeaf();
    await untilAborted(stage.interrupted);
  } else {
    await playContent(step, stage);
  }
  return undefined;
}

type OtherStep = Exclude<
  Step,
  | { usage: unknown }
  | { thinking: unknown }
  | { noise: unknown }
  | { apiRetry: unknown }
  | { apiError: unknown }
  | { result: unknown }
  | { exit: unknown }
  | { crash: unknown }
  | { hang: unknown }
>;

async function playContent(step: OtherStep, stage: Stage): Promise<void> {
  const { interrupted, writer } = stage;
  if ("text" in step) writer.writeBlock({ type: "text", text: step.text });
  else if ("nul" in step) writer.writeBlock({ type: "text", text: "before\u0000after" });
  else if ("loneSurrogate" in step) writer.writeBlock({ type: "text", text: "before\ud83dafter" });
  else if ("waitForFile" in step) await untilFileExists(step.waitForFile, interrupted);
  else if ("sleepMs" in step) {
    await useTool(writer, "Bash", { command: `sleep ${step.sleepMs / 1000}` }, async () => {
      await waitUnlessAborted(step.sleepMs, interrupted);
      return { output: "", isError: false };
    });
  } else if ("run" in step) {
    await useTool(writer, "Bash", { command: step.run }, () => runTool(step.run, interrupted));
  } else if ("spawnDetached" in step) {
    const command = step.spawnDetached;
    const pid = leaveBehind(command, step.holdsStdout ? "held" : "closed");
    await useTool(writer, "Bash", { command }, () => said(`started process ${pid}`));
  } else if ("bigLineBytes" in step) {
    const output = "x".repeat(step.bigLineBytes);
    await useTool(writer, "Read", { file_path: "big.txt" }, () => said(output));
  } else {
    if (typeof step.tool !== "string") throw new Error(`unknown step ${JSON.stringify(step)}`);
    const outcome = { output: step.output ?? "", isError: step.isError ?? false };
    await useTool(writer, step.tool, step.input ?? {}, () => Promise.resolve(outcome));
  }
}

async function useTool(
  writer: LineWriter,
  name: string,
  input: Fields,
  act: () => Promise<ToolOutcome>,
): Promise<void> {
  const id = `toolu_${randomUUID()}`;
  writer.writeBlock({ type: "tool_use", id, name, input });
  const { output, isError } = await act();
  writer.writeToolResult(id, output, isError);
}

function said(output: string): Promise<ToolOutcome> {
  return Promise.resolve({ output, isError: false });
}

function isToolStep(step: Step): boolean {
  return "run" in step || "sleepMs" in step || "tool" in step;
}

function aborted(writer: LineWriter, inTool: boolean): TurnEnd {
  const inCall = writer.abandonCall();
  const text = inTool
    ? "[Request interrupted by user for tool use]"
    : "[Request interrupted by user]";
  const content = [{ type: "text", text }];
  writer.write({ type: "user", message: { role: "user", content }, parent_tool_use_id: null });
  return {
    subtype: "error_during_execution",
    is_error: true,
    terminal_reason: inTool && !inCall ? "aborted_tools" : "aborted_streaming",
    errors: ["interrupted"],
  };
}

function success(fields: Fields): TurnEnd {
  const usual = { subtype: "success", is_error: false, terminal_reason: "completed" };
  return { ...usual, api_error_status: null, ...fields };
}

function writeRetries({ apiRetry }: RetryStep, writer: LineWriter): void {
  writer.endCall("tool_use");
  writer.announceRequest();
  for (let attempt = 1; attempt <= apiRetry.times; attempt += 1) {
    writer.write({
      type: "system",
      subtype: "api_retry",
      attempt,
      max_retries: MAX_RETRIES,
      retry_delay_ms: 1000,
      error_status: apiRetry.status,
      error: errorWord(apiRetry.status),
    });
  }
}

function apiError({ apiError: { status, text } }: ApiErrorStep, writer: LineWriter): TurnEnd {
  writer.endCall("tool_use");
  writer.announceRequest();
  writer.write({
    type: "assistant",
    message: {
      id: randomUUID(),
      type: "message",
      role: "assistant",
      model: "<synthetic>",
      content: [{ type: "text", text }],
      stop_reason: "stop_sequence",
      stop_sequence: "",
      usage: { input_tokens: 0, output_tokens: 0 },
    },
    parent_tool_use_id: null,
    error: errorWord(status),
    is_api_error_message: true,
    api_error_status: status,
  });
  const outcome = { is_error: true, terminal_reason: "api_error", api_error_status: status };
  return { subtype: "success", ...outcome, result: text };
}

function errorWord(status: number): string {
  if (status === 401 || status === 403) return "authentication_failed";
  if (status === 429) return "rate_limit";
  return status >= 500 ? "server_error" : "invalid_request";
}

async function untilFileExists(path: string, signal: AbortSignal): Promise<void> {
  while (!existsSync(path)) {
    if (!(await waitUnlessAborted(FILE_POLL_MS, signal))) return;
  }
}

/** Keeps the program alive while it waits: a promise alone would not. */
async function untilAborted(signal: AbortSignal): Promise<void> {
  const longestTimerMs = 2 ** 31 - 1;
  while (await waitUnlessAborted(longestTimerMs, signal));
}
