import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

/**
 * Stand-in for Claude Code that speaks its stream-json. The word after `do:` in the prompt says
 * what it does. Agent variable `SEEN_FILE`: where it leaves what it was started with.
 */
const session = argumentAfter("--resume") ?? "0b8f0d0e-0000-4000-8000-00000000000a";

let isWaiting = false;

type Frame = {
  readonly type: string;
  readonly request_id?: string;
  readonly request?: { readonly subtype: string };
  readonly message?: { readonly content: readonly { readonly text: string }[] };
};

function main(): void {
  if (process.argv.includes("--version")) return say("2.1.0 (Claude Code)");
  const seenFile = process.env["SEEN_FILE"];
  const input = createInterface({ input: process.stdin });
  input.on("line", (line) => {
    const frame = JSON.parse(line) as Frame;
    if (frame.type === "control_request") return control(frame);
    if (frame.type !== "user") return;
    const prompt = frame.message?.content[0]?.text ?? "";
    if (seenFile !== undefined) {
      const seen = { prompt, argv: process.argv, environment: process.env, cwd: process.cwd() };
      writeFileSync(seenFile, JSON.stringify(seen));
    }
    act(/do:([\w-]+)/.exec(prompt)?.[1] ?? "finish");
  });
}

/** Tells its totals when asked, and ends an open turn when interrupted, unless it hangs. */
function control(frame: Frame): void {
  const response = { subtype: "success", request_id: frame.request_id, response: {} };
  event({ type: "control_response", response });
  if (frame.request?.subtype === "interrupt" && isWaiting) process.exit(0);
}

function act(what: string): void {
  if (what === "refuse-session" && process.argv.includes("--resume")) return refuseSession();
  event({ type: "system", subtype: "init", session_id: session, model: "scripted-model" });
  if (what === "hang") return hang();
  if (what === "wait") return wait();
  if (what === "ping") return ping();
  if (what === "retry") return retry();
  if (what === "skill") return finish(readSkill());
  if (what === "write") writeFileSync("made.txt", "one\ntwo\n");
  if (what === "leak") leak();
  else assistant("m1", [{ type: "text", text: "Working on it." }]);
  if (what === "tool") {
    assistant("m2", [{ type: "tool_use", id: "t1", name: "Bash", input: { command: "make all" } }]);
    const content = [{ type: "tool_result", tool_use_id: "t1", content: "built" }];
    event({ type: "user", session_id: session, message: { role: "user", content } });
  }
  finish("All done.");
}

/** A tool in a session of its own that ignores TERM, like real agents start them. */
function hang(): void {
  assistant("m1", [{ type: "tool_use", id: "t1", name: "Bash", input: { command: "sleep" } }]);
  const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
  spawn(process.execPath, ["-e", script], { detached: true, stdio: "ignore" }).unref();
  setInterval(() => {}, 1_000);
}

/** Opens the files that its brief names, as an agent without skills of its own would. */
function readSkill(): string {
  const documents = readFileSync("CLAUDE.md", "utf8").matchAll(/^- \S+ \(`([^`]+)`\)/gm);
  return [...documents].map(([, file]) => readFileSync(file ?? "", "utf8")).join("\n");
}

function wait(): void {
  isWaiting = true;
  assistant("m1", [{ type: "tool_use", id: "t1", name: "Bash", input: { command: "wait" } }]);
}

/** Lives, and does nothing. */
function ping(): void {
  setInterval(() => event({ type: "keep_alive" }), 20);
}

const retries = 50;

/** Is refused by its provider for a while, then gets its answer. */
function retry(): void {
  let attempt = 0;
  const timer = setInterval(() => {
    attempt += 1;
    if (attempt > retries) {
      clearInterval(timer);
      return finish("All done.");
    }
    const notice = { attempt, max_retries: retries, retry_delay_ms: 100, error_status: 529 };
    event({ type: "system", subtype: "api_retry", session_id: session, ...notice });
  }, 100);
}

function leak(): void {
  const token = process.env["HEADCOUNT_TOKEN"] ?? "";
  assistant("m1", [{ type: "text", text: `My token is ${token.slice(0, 12)}` }]);
  assistant("m2", [
    { type: "text", text: `${token.slice(12)} and the key is ${process.env["DEPLOY_KEY"]}` },
  ]);
}

function refuseSession(): void {
  const error = `No conversation found with session ID: ${session}`;
  process.stderr.write(`${error}\n`);
  event({
    type: "result",
    subtype: "error_during_execution",
    is_error: true,
    errors: [error],
    session_id: session,
    usage: { input_tokens: 0, output_tokens: 0 },
    modelUsage: {},
  });
  process.exit(1);
}

function finish(result: string): void {
  event({
    type: "result",
    subtype: "success",
    is_error: false,
    result,
    session_id: session,
    terminal_reason: "completed",
    usage: { input_tokens: 10, output_tokens: 2 },
    modelUsage: { "scripted-model": { inputTokens: 10, outputTokens: 2 } },
  });
}

function assistant(id: string, content: readonly unknown[]): void {
  const usage = { input_tokens: 10, output_tokens: 2 };
  const message = { id, model: "scripted-model", role: "assistant", content, usage };
  event({ type: "assistant", session_id: session, parent_tool_use_id: null, message });
}

function event(value: unknown): void {
  say(JSON.stringify(value));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function argumentAfter(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

main();
