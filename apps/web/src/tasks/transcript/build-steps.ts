import type { TranscriptRow } from "@headcount/contract/tasks/schemas";

export type StepKind = "text" | "thinking" | "tool" | "status" | "error";

/** One line of a transcript: a tool's call and its result are one step. */
export type Step = {
  /** `lease.seq` of its first row. */
  readonly id: string;
  readonly kind: StepKind;
  readonly tool: string | null;
  /** What the step is about, in one line. */
  readonly object: string;
  readonly call: TranscriptRow;
  readonly result: TranscriptRow | null;
  /** Between call and result; null while it runs and for steps without a result. */
  readonly durationMs: number | null;
  readonly isError: boolean;
  readonly isSubagent: boolean;
  readonly late: boolean;
};

/** Steps so far, and the calls among them that still wait for their result. */
export type StepLog = {
  readonly steps: readonly Step[];
  readonly openCalls: ReadonlyMap<string, number>;
};

export const emptyStepLog: StepLog = { steps: [], openCalls: new Map() };

/**
 * Folds further rows, in their order, into steps. A result without a known call is a step of its
 * own. Costs what the new rows cost, so that a long run streams as smoothly as a short one.
 */
export function extendSteps(log: StepLog, rows: readonly TranscriptRow[]): StepLog {
  const steps = [...log.steps];
  const openCalls = new Map(log.openCalls);
  for (const row of rows) {
    const call = row.type === "tool_result" ? openCalls.get(callKey(row)) : undefined;
    const step = call === undefined ? undefined : steps[call];
    if (call !== undefined && step !== undefined) {
      steps[call] = withResult(step, row);
      openCalls.delete(callKey(row));
      continue;
    }
    if (row.type === "tool_use" && row.callId !== null) openCalls.set(callKey(row), steps.length);
    steps.push(stepOf(row));
  }
  return { steps, openCalls };
}

/** The steps of a whole transcript. */
export function buildSteps(rows: readonly TranscriptRow[]): readonly Step[] {
  return extendSteps(emptyStepLog, rows).steps;
}

function callKey(row: TranscriptRow): string {
  return `${row.lease} ${row.callId}`;
}

function stepOf(row: TranscriptRow): Step {
  const kind = kindOf(row);
  return {
    id: `${row.lease}.${row.seq}`,
    kind,
    tool: row.tool,
    object:
      kind === "tool" && row.type === "tool_use" ? objectOf(row.input) : firstLine(row.content),
    call: row,
    result: null,
    durationMs: null,
    isError: row.isError || row.type === "error",
    isSubagent: row.isSubagent,
    late: row.late,
  };
}

function withResult(step: Step, result: TranscriptRow): Step {
  return {
    ...step,
    result,
    durationMs: Math.max(0, Date.parse(result.at) - Date.parse(step.call.at)),
    isError: step.isError || result.isError,
    late: step.late || result.late,
  };
}

function kindOf(row: TranscriptRow): StepKind {
  if (row.type === "tool_use" || row.type === "tool_result") return "tool";
  return row.type;
}

/** Names under which agent CLIs pass what a tool works on, the most telling first. */
const objectKeys = [
  "command",
  "cmd",
  "pattern",
  "query",
  "file_path",
  "filePath",
  "path",
  "url",
  "prompt",
  "description",
  "title",
];

/** What a tool works on, read from its input: a command, a path, a pattern. */
export function objectOf(input: unknown): string {
  if (typeof input === "string") return firstLine(input);
  if (typeof input !== "object" || input === null) return "";
  const fields = new Map(Object.entries(input));
  for (const key of objectKeys) {
    const value: unknown = fields.get(key);
    if (typeof value === "string" && value.trim() !== "") return firstLine(value);
    if (Array.isArray(value) && value.every((part) => typeof part === "string")) {
      return firstLine(value.join(" "));
    }
  }
  const first = [...fields.values()].find((value) => typeof value === "string" && value !== "");
  return typeof first === "string" ? firstLine(first) : "";
}

const longestLine = 240;

/** The beginning is enough to find the first line; texts can be long and there can be many. */
function firstLine(text: string): string {
  const start = text.slice(0, longestLine * 4).trimStart();
  const end = start.indexOf("\n");
  const line = (end === -1 ? start : start.slice(0, end)).trimEnd();
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
