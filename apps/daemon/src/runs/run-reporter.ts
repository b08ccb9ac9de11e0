import type { Redactor } from "@headcount/redaction/redactor";
import type { RunItem } from "@headcount/agent-drivers/core/types";
import type { TranscriptRecord } from "@headcount/contract/daemon/schemas";
import { sanitizeText } from "@headcount/contract/kit/values";
import type { Log } from "../log.ts";
import type { RecordContent } from "../outbox/outbox-entry.ts";
import { cutText, splitText } from "./cut-text.ts";
import { describeActivity } from "./describe-activity.ts";
import { redactJson } from "./redact-json.ts";
import { TextBuffer } from "./text-buffer.ts";
import { UsageBook } from "./usage-book.ts";

const rowBytes = 60 * 1024;
const toolResultBytes = 8 * 1024;
const toolInputBytes = 32 * 1024;
const flushMs = 200;
/** Cards show what an agent does now; nobody reads more than this. */
const activityEveryMs = 1_000;

export type RunReporterOptions = {
  /** Puts a record into the outbox. */
  readonly append: (content: RecordContent) => void;
  readonly redactor: Redactor;
  readonly workDirectory: string;
  readonly log: Log;
  /** Called for a new session id, as soon as the agent names it. */
  readonly onSession: (sessionId: string) => void;
  readonly onFirstTool: () => void;
};

type Row = Pick<TranscriptRecord, "type" | "content"> & Partial<TranscriptRecord>;

/** Turns the items of a run into records. Rows are numbered over all attempts of the run. */
export class RunReporter {
  readonly #options: RunReporterOptions;
  readonly #text: TextBuffer;
  readonly #usage: UsageBook;
  readonly #startedAt = performance.now();
  readonly #openTools = new Set<string>();
  #seq = 0;
  #usageKeyPrefix = "";
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  #activityTimer: ReturnType<typeof setTimeout> | null = null;
  #latestActivity: string | null = null;
  #lastItemAt = performance.now();
  sessionId: string | null = null;
  modelUsed: string | null = null;
  toolRan = false;

  constructor(options: RunReporterOptions) {
    this.#options = options;
    this.#usage = new UsageBook(options.redactor);
    this.#text = new TextBuffer(options.redactor, ({ kind, isSubagent, text }) => {
      for (const content of splitText(sanitizeText(text), rowBytes)) {
        this.#row({ type: kind, content, isSubagent });
      }
    });
  }

  get hasOpenTool(): boolean {
    return this.#openTools.size > 0;
  }

  get silentForMs(): number {
    return Math.round(performance.now() - this.#lastItemAt);
  }

  /** Milliseconds since the run began, on a clock that nobody sets. */
  get elapsedMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  /** Figures of a second attempt must not replace those of the first. */
  beginAttempt(usageKeyPrefix: string): void {
    this.#usageKeyPrefix = usageKeyPrefix;
    this.sessionId = null;
    this.#openTools.clear();
    this.#lastItemAt = performance.now();
  }

  accept(item: RunItem): void {
    if (item.type !== "log") this.#lastItemAt = performance.now();
    switch (item.type) {
      case "text":
      case "thinking":
        this.#text.push(item.type, item.subagent ?? false, item.text);
        this.#flushTimer ??= setTimeout(() => this.#flushText(), flushMs);
        return;
      case "tool_use":
        return this.#toolUse(item);
      case "tool_result":
        return this.#toolResult(item);
      case "status":
        return this.#status(item);
      case "usage":
        return this.#usageSeen(item);
      case "error":
        this.#text.end();
        return this.#row({ type: "error", isError: true, ...this.#shown(item.message, rowBytes) });
      case "log":
        return this.#log(item.level, item.message);
    }
  }

  /** A line of our own in the transcript. */
  note(text: string): void {
    this.#text.end();
    this.#row({ type: "status", ...this.#shown(text, rowBytes) });
  }

  /** Nothing more comes: puts out what is held back. */
  finish(): void {
    this.#text.end();
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    if (this.#activityTimer !== null) clearTimeout(this.#activityTimer);
    this.#activityTimer = null;
  }

  #flushText(): void {
    this.#flushTimer = null;
    this.#text.flush();
  }

  #toolUse(item: Extract<RunItem, { type: "tool_use" }>): void {
    this.#text.end();
    this.#openTools.add(item.callId);
    if (!this.toolRan) this.#options.onFirstTool();
    this.toolRan = true;
    const { redactor } = this.#options;
    const input = redactJson(item.input, redactor, toolInputBytes);
    const tool = redactor.redact(item.tool).slice(0, 200);
    const callId = item.callId.slice(0, 200);
    const isSubagent = item.subagent ?? false;
    this.#row({ type: "tool_use", content: "", tool, callId, input, isSubagent });
    this.#activity(describeActivity(tool, input));
  }

  /** Tells the latest activity, at most one a second. */
  #activity(activity: string): void {
    this.#latestActivity = activity;
    if (this.#activityTimer !== null) return;
    this.#tellActivity();
  }

  #tellActivity(): void {
    this.#activityTimer = null;
    if (this.#latestActivity === null) return;
    this.#options.append({ kind: "progress", body: { activity: this.#latestActivity } });
    this.#latestActivity = null;
    this.#activityTimer = setTimeout(() => this.#tellActivity(), activityEveryMs);
  }

  #toolResult(item: Extract<RunItem, { type: "tool_result" }>): void {
    this.#text.end();
    this.#openTools.delete(item.callId);
    this.#row({
      type: "tool_result",
      callId: item.callId.slice(0, 200),
      isError: item.isError,
      isSubagent: item.subagent ?? false,
      ...this.#shown(item.output, toolResultBytes),
    });
  }

  #status(item: Extract<RunItem, { type: "status" }>): void {
    if (item.sessionId !== undefined && item.sessionId !== this.sessionId) {
      this.sessionId = item.sessionId;
      this.#options.onSession(item.sessionId);
      const { workDirectory } = this.#options;
      const body = { sessionId: item.sessionId, workDirectory, modelUsed: this.modelUsed };
      this.#options.append({ kind: "session", body });
    }
    if (item.text !== "") this.note(item.text);
  }

  #usageSeen(item: Extract<RunItem, { type: "usage" }>): void {
    if (item.usage.role === "main") this.modelUsed = item.usage.model.slice(0, 200);
    const record = this.#usage.record(item.usage, this.#usageKeyPrefix, this.elapsedMs);
    if (record !== null) this.#options.append({ kind: "usage", body: record });
  }

  #log(level: "debug" | "info" | "warn", message: string): void {
    const text = this.#options.redactor.redact(message);
    this.#options.log(level, "agent driver", { message: text.slice(0, 500) });
    if (level === "warn") this.note(message);
  }

  #shown(text: string, maxBytes: number): Pick<TranscriptRecord, "content" | "originalBytes"> {
    const cut = cutText(sanitizeText(this.#options.redactor.redact(text)), maxBytes);
    return { content: cut.text, originalBytes: cut.originalBytes };
  }

  #row(row: Row): void {
    const body: TranscriptRecord = {
      seq: this.#seq,
      tool: null,
      callId: null,
      originalBytes: null,
      isError: false,
      isSubagent: false,
      atMs: this.elapsedMs,
      ...row,
    };
    this.#seq += 1;
    this.#options.append({ kind: "transcript", body });
  }
}
