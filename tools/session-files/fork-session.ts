import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { runProgram } from "@headcount/testkit/real-clis/run-program";

export type ProgramPlace = {
  readonly executable: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
};

const timeoutMs = 60_000;

/** Forks a session of Kimi; it prints the new one's id. */
export async function forkByCommand(place: ProgramPlace, session: string): Promise<string> {
  const { executable, cwd, env } = place;
  const run = await runProgram(executable, ["fork", "--yes", session], { cwd, env, timeoutMs });
  const made = /session_[0-9a-f-]+/g.exec(run.stdout.replaceAll(session, ""))?.[0];
  if (made === undefined) throw new Error(`fork: ${run.stdout}\n${run.stderr}`);
  return made;
}

/** Forks a thread of Codex through its app server. */
export async function forkByRequest(place: ProgramPlace, thread: string): Promise<string> {
  const { executable, cwd, env } = place;
  const server = spawn(executable, ["app-server"], { cwd, env, stdio: ["pipe", "pipe", "ignore"] });
  const timer = setTimeout(() => server.kill("SIGKILL"), timeoutMs);
  const send = (message: object): void => void server.stdin.write(`${JSON.stringify(message)}\n`);
  send({ id: 1, method: "initialize", params: { clientInfo: { name: "r", version: "1" } } });
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const reply = JSON.parse(line) as { id?: number; result?: { thread?: { id: string } } };
      if (reply.id === 1) {
        send({ method: "initialized" });
        send({ id: 2, method: "thread/fork", params: { threadId: thread } });
      }
      if (reply.id !== 2) continue;
      if (reply.result?.thread === undefined) throw new Error(`thread/fork: ${line}`);
      return reply.result.thread.id;
    }
    throw new Error("thread/fork: no answer");
  } finally {
    clearTimeout(timer);
    server.stdin.end();
    server.kill();
  }
}
