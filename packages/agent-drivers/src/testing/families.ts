import { acpGeneric } from "../clis/acp-generic.ts";
import { claude } from "../clis/claude.ts";
import { codex } from "../clis/codex.ts";
import { command } from "../clis/command.ts";
import { pi } from "../clis/pi.ts";
import type { CliSpec, DriverKind } from "../core/cli-spec.ts";
import type { CliRule, CliScript, CliStep } from "./scripted-cli.ts";

/** One protocol family with the least its CLI says for a turn. */
export type Family = {
  readonly spec: CliSpec;
  /** The turn has begun and does these things; it goes on until it is asked to end. */
  readonly working: (...steps: readonly CliStep[]) => CliScript;
  /** The turn does these things and ends well. */
  readonly finished: (...steps: readonly CliStep[]) => CliScript;
};

const session = "0b8f0d0e-0000-4000-8000-000000000001";
const init: CliStep = { line: { type: "system", subtype: "init", session_id: session } };
const result = (reason: string): CliStep => ({
  line: {
    type: "result",
    subtype: "success",
    is_error: false,
    result: "Done.",
    session_id: session,
    terminal_reason: reason,
    usage: {},
    modelUsage: {},
  },
});
const prompted = { type: "user" };
const interrupted = { type: "control_request", "request.subtype": "interrupt" };

function codexTurn(...steps: readonly CliStep[]): readonly CliRule[] {
  return [
    { when: { method: "initialize" }, steps: [{ result: { userAgent: "codex" } }] },
    { when: { method: "thread/start" }, steps: [{ result: { thread: { id: "th" } } }] },
    {
      when: { method: "turn/start" },
      steps: [{ result: { turn: { id: "tu", status: "inProgress" } } }, ...steps],
    },
    {
      when: { method: "turn/interrupt" },
      steps: [{ result: {} }, codexEnd("interrupted")],
    },
  ];
}

function codexSays(method: string, params: Readonly<Record<string, unknown>>): CliStep {
  return { line: { method, params: { threadId: "th", turnId: "tu", ...params } } };
}

function codexEnd(status: string): CliStep {
  return codexSays("turn/completed", { turn: { id: "tu", status, error: null } });
}

const codexAnswer = codexSays("item/completed", {
  item: { type: "agentMessage", id: "i", text: "Done." },
});

function acpTurn(...steps: readonly CliStep[]): readonly CliRule[] {
  const hello = { protocolVersion: 1, agentCapabilities: {} };
  return [
    { when: { method: "initialize" }, steps: [{ result: hello }] },
    { when: { method: "session/new" }, steps: [{ result: { sessionId: "s" } }] },
    { when: { method: "session/prompt" }, steps },
  ];
}

const acpUpdate = {
  sessionUpdate: "agent_message_chunk",
  content: { type: "text", text: "Done." },
};
const acpAnswer: readonly CliStep[] = [
  {
    line: {
      jsonrpc: "2.0",
      method: "session/update",
      params: { sessionId: "s", update: acpUpdate },
    },
  },
  { result: { stopReason: "end_turn" } },
];

const message = {
  role: "assistant",
  content: [{ type: "text", text: "Done." }],
  model: "m",
  provider: "p",
  responseId: "r",
  usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
  stopReason: "stop",
};
const piAnswer: readonly CliStep[] = [
  { line: { type: "message_end", message } },
  { line: { type: "turn_end", message } },
  { line: { type: "agent_settled" } },
];
/** Programs that are only given their prompt answer to whatever line comes. */
const anyLine = {};

/** A CLI of every protocol family. */
export const families: Readonly<Record<DriverKind, Family>> = {
  "stream-json": {
    spec: claude,
    working: (...steps) => ({
      rules: [
        { when: prompted, steps: [init, ...steps] },
        { when: interrupted, steps: [result("aborted_tools")] },
      ],
    }),
    finished: (...steps) => ({
      rules: [{ when: prompted, steps: [init, ...steps, result("completed")] }],
    }),
  },
  "codex-app-server": {
    spec: codex,
    working: (...steps) => ({ rules: codexTurn(...steps) }),
    finished: (...steps) => ({ rules: codexTurn(...steps, codexAnswer, codexEnd("completed")) }),
  },
  acp: {
    spec: acpGeneric,
    working: (...steps) => ({ rules: acpTurn(...steps) }),
    finished: (...steps) => ({ rules: acpTurn(...steps, ...acpAnswer) }),
  },
  ndjson: {
    spec: pi,
    working: (...steps) => ({ staysOn: true, rules: [{ when: anyLine, steps }] }),
    finished: (...steps) => ({ rules: [{ when: anyLine, steps: [...steps, ...piAnswer] }] }),
  },
  buffered: {
    spec: command,
    working: (...steps) => ({ staysOn: true, rules: [{ when: anyLine, steps }] }),
    finished: (...steps) => ({ rules: [{ when: anyLine, steps: [...steps, { raw: "Done.\n" }] }] }),
  },
};
