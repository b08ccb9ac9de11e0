import { spawn } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isJsonObject, parseJsonObject, type JsonObject } from "../core/json.ts";

/** One thing a scripted CLI does. */
export type CliStep =
  | { readonly line: unknown }
  | { readonly raw: string }
  /** Answers the message at hand as JSON-RPC. */
  | { readonly result: unknown }
  | { readonly error: unknown }
  /** Answers the message at hand as a control request of stream-json. */
  | { readonly control: unknown }
  | { readonly stderr: string }
  /** Starts a shell script as a tool and does not wait for it. */
  | { readonly tool: string }
  | { readonly exit: number };

export type CliRule = {
  /** Members the message must have; a dot goes one level down. */
  readonly when: Readonly<Record<string, unknown>>;
  readonly steps: readonly CliStep[];
};

export type CliScript = {
  readonly start?: readonly CliStep[];
  readonly rules: readonly CliRule[];
  /** Exit status once stdin is closed. */
  readonly exit?: number;
  /** Lives on without input. */
  readonly staysOn?: boolean;
  /** Lives on without input, and ignores signals that ask it to end. */
  readonly isStubborn?: boolean;
};

/**
 * Stand-in for an agent CLI: `node scripted-cli.ts <log file> <script file> …`. It answers by
 * rules and logs its arguments and everything it was sent.
 */
function main(): void {
  const [logFile = "", scriptFile = "", ...rest] = process.argv.slice(2);
  const script = JSON.parse(readFileSync(scriptFile, "utf8")) as CliScript;
  const log = (entry: unknown): void => appendFileSync(logFile, `${JSON.stringify(entry)}\n`);
  log({ arguments: rest, environment: process.env });
  run(script.start ?? [], {});
  const input = createInterface({ input: process.stdin });
  input.on("line", (line) => {
    const message = parseJsonObject(line) ?? {};
    log({ received: message });
    const rule = script.rules.find(({ when }) => matches(message, when));
    run(rule?.steps ?? [], message);
  });
  if (script.isStubborn === true) ignoreSignals();
  if (script.isStubborn === true || script.staysOn === true) {
    setInterval(() => undefined, 60_000);
    return;
  }
  input.on("close", () => process.exit(script.exit ?? 0));
}

function ignoreSignals(): void {
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, () => undefined);
}

function run(steps: readonly CliStep[], message: JsonObject): void {
  for (const step of steps) perform(step, message);
}

function perform(step: CliStep, message: JsonObject): void {
  const write = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  if ("line" in step) write(step.line);
  if ("raw" in step) process.stdout.write(step.raw);
  if ("result" in step) write({ id: message["id"], result: step.result });
  if ("error" in step) write({ id: message["id"], error: step.error });
  if ("control" in step) {
    const response = {
      subtype: "success",
      request_id: message["request_id"],
      response: step.control,
    };
    write({ type: "control_response", response });
  }
  if ("stderr" in step) process.stderr.write(step.stderr);
  if ("tool" in step) {
    spawn("/bin/bash", ["-c", step.tool], { stdio: "ignore" }).on("error", () => process.exit(9));
  }
  if ("exit" in step) process.exit(step.exit);
}

function matches(message: JsonObject, when: CliRule["when"]): boolean {
  return Object.entries(when).every(([path, wanted]) => {
    let value: unknown = message;
    for (const key of path.split(".")) value = isJsonObject(value) ? value[key] : undefined;
    return value === wanted;
  });
}

if (import.meta.main) main();
