import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { type JsonObject, objectOf, objectsOf, stringOf } from "../fake-model/json.ts";
import { type AgentScript, stepsFor } from "./agent-script.ts";
import type { RunCommand } from "./command-line.ts";
import { LineWriter, writeLine } from "./line-writer.ts";
import { type TurnEnd, playSteps } from "./play-steps.ts";
import type { Session, SessionStore } from "./session-store.ts";
import { UsageBooks } from "./usage-books.ts";

const TOOLS = ["Task", "Bash", "Edit", "Read", "Write"];

/** One run of the scripted agent: takes prompts and control requests, plays the script. */
export class AgentProgram {
  readonly #command: RunCommand;
  readonly #script: AgentScript;
  readonly #store: SessionStore;
  readonly #books: UsageBooks;
  readonly #writer: LineWriter;
  readonly #startedAt = performance.now();
  readonly #queue: string[] = [];
  #session: Session;
  #turn: AbortController | undefined;
  #deaf = false;
  #inputEnded = false;
  #lastTurnFailed = false;
  #wake: () => void = () => undefined;

  constructor(command: RunCommand, script: AgentScript, store: SessionStore, earlier?: Session) {
    this.#command = command;
    this.#script = script;
    this.#store = store;
    const id = command.sessionId ?? randomUUID();
    this.#session = earlier ?? { id, cwd: process.cwd(), prompts: [], totals: {} };
    this.#books = new UsageBooks(this.#session.totals);
    this.#writer = new LineWriter({
      sessionId: this.#session.id,
      model: command.model ?? script.model ?? "fake-large",
      books: this.#books,
      streamEvents: command.partialMessages,
    });
  }

  /** Runs until the input has ended and every prompt is answered; gives the exit code. */
  async run(): Promise<number> {
    const { prompt } = this.#command;
    if (prompt === undefined) this.#readInput();
    else this.#endInput(prompt);
    for (;;) {
      const next = this.#queue.shift();
      if (next !== undefined) await this.#playTurn(next);
      else if (this.#inputEnded) break;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    // One that was only asked about itself has begun no session.
    if (this.#session.prompts.length > 0) {
      this.#store.save({ ...this.#session, totals: this.#books.totals() });
    }
    return this.#lastTurnFailed ? 1 : 0;
  }

  /** Interrupts the turn that is being played; false when there is none or it does not listen. */
  interrupt(): boolean {
    if (this.#turn === undefined || this.#deaf) return false;
    this.#turn.abort();
    this.#queue.length = 0;
    return true;
  }

  /** Ends after the current turn. */
  endInput(): void {
    this.#inputEnded = true;
    this.#wake();
  }

  get isDeaf(): boolean {
    return this.#deaf;
  }

  #endInput(prompt: string): void {
    this.#queue.push(prompt);
    this.endInput();
  }

  #readInput(): void {
    const lines = createInterface({ input: process.stdin });
    lines.on("line", (line) => this.#takeLine(line));
    lines.on("close", () => this.endInput());
  }

  #takeLine(line: string): void {
    if (line.trim() === "") return;
    const frame = objectOf(JSON.parse(line));
    if (frame["type"] === "control_request") this.#answerControl(frame);
    if (frame["type"] !== "user") return;
    this.#queue.push(textOf(objectOf(frame["message"])["content"]));
    this.#wake();
  }

  #answerControl(frame: JsonObject): void {
    const request = objectOf(frame["request"]);
    const subtype = stringOf(request["subtype"]) ?? "";
    const answer = this.#controlAnswer(subtype, request);
    const requestId = { request_id: frame["request_id"] };
    if (answer === "silence") return;
    const response =
      answer === undefined
        ? { ...requestId, ...unsupported(subtype) }
        : { ...requestId, subtype: "success", response: answer };
    writeLine({ type: "control_response", response });
    if (subtype === "interrupt") this.interrupt();
  }

  #controlAnswer(subtype: string, request: JsonObject): JsonObject | "silence" | undefined {
    if (this.#deaf) {
      process.stderr.write(`${subtype} is not heeded\n`);
      return "silence";
    }
    if (subtype === "initialize")
      return { commands: [], output_style: "default", pid: process.pid };
    if (subtype === "interrupt") return { still_queued: [] };
    if (subtype === "set_permission_mode") return {};
    if (subtype === "get_usage") return this.#usageAnswer();
    if (subtype !== "set_model") return undefined;
    this.#writer.model = stringOf(request["model"]) ?? this.#writer.model;
    return {};
  }

  #usageAnswer(): JsonObject {
    const session = {
      total_cost_usd: this.#books.totalCostUsd(),
      total_duration_ms: Math.round(performance.now() - this.#startedAt),
      model_usage: this.#books.modelUsage(),
    };
    const plan = { subscription_type: null, rate_limits_available: false, rate_limits: null };
    return { session, ...plan, behaviors: null };
  }

  async #playTurn(prompt: string): Promise<void> {
    const turn = new AbortController();
    const startedAt = performance.now();
    this.#turn = turn;
    this.#session = { ...this.#session, prompts: [...this.#session.prompts, prompt] };
    // The conversation is kept from its first prompt on, its totals only when the run ends well.
    this.#store.save(this.#session);
    this.#books.beginTurn();
    this.#writeInit();
    const run = this.#command.resume === undefined ? "fresh" : "resumed";
    const end = await playSteps(stepsFor(this.#script, prompt, run), {
      writer: this.#writer,
      books: this.#books,
      interrupted: turn.signal,
      becomeDeaf: () => {
        this.#deaf = true;
      },
    });
    this.#turn = undefined;
    this.#lastTurnFailed = end.is_error;
    this.#writeResult(end, Math.round(performance.now() - startedAt));
  }

  #writeInit(): void {
    this.#writer.write({
      type: "system",
      subtype: "init",
      cwd: process.cwd(),
      tools: TOOLS,
      mcp_servers: [],
      model: this.#writer.model,
      permissionMode: this.#command.permissionMode,
      apiKeySource: "ANTHROPIC_API_KEY",
      claude_code_version: "2.1.330",
      capabilities: [],
    });
  }

  #writeResult(end: TurnEnd, durationMs: number): void {
    this.#writer.write({
      type: "result",
      duration_ms: durationMs,
      duration_api_ms: 0,
      num_turns: 1,
      permission_denials: [],
      ...this.#books.resultFields(),
      ...end,
    });
  }
}

function unsupported(subtype: string): JsonObject {
  const error = `Unsupported control request subtype: ${subtype}`;
  return { subtype: "error", error, error_code: "unsupported_request" };
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return objectsOf(content)
    .map((block) => stringOf(block["text"]) ?? "")
    .join("\n");
}
