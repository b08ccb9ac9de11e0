import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type JsonObject, objectOf, objectsOf, stringOf } from "../fake-model/json.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { waitFor } from "../wait-for.ts";
import type { AgentScript } from "./agent-script.ts";
import { type FakeClaude, makeFakeClaude } from "./make-fake-claude.ts";

export const STREAM_JSON = [
  "-p",
  "--input-format=stream-json",
  "--output-format=stream-json",
  "--verbose",
  "--permission-mode=bypassPermissions",
];

/** A conversation with one run of the scripted agent. */
export class Conversation {
  readonly lines: JsonObject[] = [];
  readonly child: ChildProcessWithoutNullStreams;
  stderr = "";
  readonly #closed: Promise<readonly unknown[]>;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child;
    this.#closed = once(child, "close");
    child.stderr.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    createInterface(child.stdout).on("line", (line) => {
      this.lines.push(line.startsWith("{") ? objectOf(JSON.parse(line)) : { noise: line });
    });
  }

  send(frame: JsonObject): void {
    this.child.stdin.write(`${JSON.stringify(frame)}\n`);
  }

  prompt(text: string): void {
    const content = [{ type: "text", text }];
    this.send({ type: "user", message: { role: "user", content } });
  }

  /** Sends a control request and gives the `response` of its answer. */
  async control(subtype: string, rest: JsonObject = {}): Promise<JsonObject> {
    const requestId = `request-${this.lines.length}-${subtype}`;
    this.send({
      type: "control_request",
      request_id: requestId,
      request: { subtype, ...rest },
    });
    const line = await this.until(
      ({ response }) => objectOf(response)["request_id"] === requestId,
      subtype,
    );
    return objectOf(line["response"]);
  }

  until(test: (line: JsonObject) => boolean, describe: string): Promise<JsonObject> {
    return waitFor(() => this.lines.find(test), { describe });
  }

  /** The n-th result line, counted from one. */
  result(count = 1): Promise<JsonObject> {
    return waitFor(() => this.ofType("result")[count - 1], { describe: `result ${count}` });
  }

  ofType(type: string): readonly JsonObject[] {
    return this.lines.filter((line) => line["type"] === type);
  }

  /** All content blocks of assistant and user lines. */
  blocks(): readonly JsonObject[] {
    return this.lines.flatMap((line) => objectsOf(objectOf(line["message"])["content"]));
  }

  sessionId(): string {
    return this.lines.map((line) => stringOf(line["session_id"])).find(Boolean) ?? "";
  }

  /** Ends the input and gives exit code and signal. */
  async end(): Promise<readonly unknown[]> {
    this.child.stdin.end();
    return this.#closed;
  }

  async exit(): Promise<readonly unknown[]> {
    return this.#closed;
  }
}

export type Workplace = AsyncDisposable & {
  readonly work: string;
  readonly claude: FakeClaude;
  start(args?: readonly string[], cwd?: string): Conversation;
};

/** A work directory and an agent with a script. Ends what it started when it is disposed. */
export async function workplace(script?: AgentScript): Promise<Workplace> {
  const directory = await temporaryDirectory({ prefix: "fake-agent" });
  const work = join(directory.path, "work");
  await mkdir(work);
  const claude = await makeFakeClaude(directory.path, script);
  const started: ChildProcessWithoutNullStreams[] = [];
  return {
    work,
    claude,
    start(args = STREAM_JSON, cwd = work) {
      const env = { PATH: process.env["PATH"], HOME: directory.path, IS_SANDBOX: "1" };
      const child = spawn(claude.executable, args, { cwd, env });
      started.push(child);
      return new Conversation(child);
    },
    async [Symbol.asyncDispose]() {
      for (const child of started) child.kill("SIGKILL");
      await directory[Symbol.asyncDispose]();
    },
  };
}
