import { spawn } from "node:child_process";
import { arrayAt, objectAt, parseJsonObject, stringAt } from "../core/json.ts";
import { createLineReader } from "../core/line-reader.ts";
import type { OpenMcpTransport } from "./mcp-transport.ts";

/** A program of the machine: one JSON-RPC message per line, see MCP's "stdio" transport. */
export const openLocalTransport: OpenMcpTransport = (server, { onMessage, onEnd }) => {
  const child = spawn(stringAt(server, "command") ?? "", arrayAt(server, "args").map(String), {
    env: { ...process.env, ...(objectAt(server, "env") as Record<string, string>) },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let ended = false;
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    child.kill();
    onEnd(reason);
  };
  const reader = createLineReader({
    onLine(line) {
      const message = parseJsonObject(line);
      if (message !== null) onMessage(message);
    },
    onOverflow: () => end("it sent a line that is too long"),
  });
  child.stdout.on("data", (chunk: Uint8Array) => reader.push(chunk));
  child.stdin.on("error", () => end("it does not read its input"));
  child.on("error", (error) => end(`it cannot be started: ${error.message}`));
  child.on("exit", (code, signal) => end(`it has ended (${signal ?? code})`));
  return {
    send: (message) => void child.stdin.write(`${message}\n`),
    close: () => end("closed"),
  };
};
