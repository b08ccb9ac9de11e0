import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { AgentScript, ScriptStep } from "./agent-script.ts";

/**
 * An ACP agent that does what a script says: for every request or notification, a list of frames
 * to send. Everything it reads and its command line go to the log named by its first argument.
 */
const [logFile = "", scriptText = "{}"] = process.argv.slice(2);
const script = JSON.parse(scriptText) as AgentScript;
const rest = process.argv.slice(4);

type Frame = { readonly id?: number; readonly method?: string };

let waitingPrompt: Frame | null = null;

function write(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function play(step: ScriptStep, frame: Frame): void {
  if ("raw" in step) process.stdout.write(`${step.raw}\n`);
  if ("stderr" in step) process.stderr.write(`${step.stderr}\n`);
  if ("update" in step) {
    const params = { sessionId: step.sessionId ?? "s-1", update: step.update };
    write({ jsonrpc: "2.0", method: "session/update", params });
  }
  if ("ask" in step) write({ jsonrpc: "2.0", id: 900, ...step.ask });
  if ("wait" in step) waitingPrompt = frame;
  if ("answerPrompt" in step && waitingPrompt !== null) {
    write({ jsonrpc: "2.0", id: waitingPrompt.id, result: step.answerPrompt });
    waitingPrompt = null;
  }
  if ("reply" in step) write({ jsonrpc: "2.0", id: frame.id, result: step.reply });
  if ("bareReply" in step) write({ id: frame.id, result: step.bareReply });
  if ("error" in step) write({ jsonrpc: "2.0", id: frame.id, error: step.error });
  if ("exit" in step) process.exit(step.exit);
}

appendFileSync(logFile, `${JSON.stringify({ argv: rest })}\n`);
createInterface({ input: process.stdin }).on("line", (line) => {
  appendFileSync(logFile, `${line}\n`);
  const frame = JSON.parse(line) as Frame;
  const name = frame.method ?? "answer";
  for (const step of script[name] ?? []) play(step, frame);
});
