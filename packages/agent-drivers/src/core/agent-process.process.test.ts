import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { startAgentProcess, type AgentProcess } from "./agent-process.ts";
import { listProcesses, markedProcesses, markerVariable } from "./process-tree.ts";

type Started = { agent: AgentProcess; lines: string[]; failures: string[]; marker: string };

function start(
  script: string,
  options: { maximumLineBytes?: number; command?: string } = {},
): Started {
  const marker = randomUUID();
  const lines: string[] = [];
  const failures: string[] = [];
  const agent = startAgentProcess({
    command: options.command ?? "/bin/bash",
    arguments: ["-c", script],
    directory: tmpdir(),
    environment: { PATH: process.env["PATH"] ?? "", [markerVariable]: marker },
    marker,
    onLine: (line) => lines.push(line),
    onFailure: (message) => failures.push(message),
    ...(options.maximumLineBytes === undefined
      ? {}
      : { maximumLineBytes: options.maximumLineBytes }),
  });
  return { agent, lines, failures, marker };
}

function left(marker: string): number {
  return markedProcesses(marker, listProcesses()).length;
}

describe("agent process", () => {
  it("writes a prompt of more than a megabyte while the agent is still talking", async () => {
    const { agent, lines } = start("head -c 300000 /dev/zero | tr '\\0' x; echo; wc -c");
    agent.send("p".repeat(2_000_000));
    agent.closeInput();
    expect(await agent.ended).toEqual({ code: 0, signal: null });
    expect(lines.map((line) => line.length > 1000 || line.trim())).toEqual([true, "2000001"]);
  });

  it("fails on a line over the limit without hanging", async () => {
    const { agent, lines, failures, marker } = start("echo ok; yes | tr -d '\\n'", {
      maximumLineBytes: 1_000_000,
    });
    await agent.ended;
    expect(lines).toEqual(["ok"]);
    expect(failures).toEqual([expect.stringContaining("longer than the limit")]);
    expect(left(marker)).toBe(0);
  });

  it("does not wait for a grandchild that holds stdout", async () => {
    const { agent, lines, marker } = start("setsid tail -f /dev/null & echo done");
    expect(await agent.ended).toEqual({ code: 0, signal: null });
    expect(lines).toEqual(["done"]);
    expect(left(marker)).toBe(0);
  });

  it("ends a process that closed its stdout and lives on", async () => {
    const { agent, lines, marker } = start("echo out; exec 1>&- 2>&-; tail -f /dev/null");
    await agent.stop();
    await agent.ended;
    expect(lines.length).toBeLessThanOrEqual(1);
    expect(left(marker)).toBe(0);
  });

  it("notes a broken pipe instead of failing", async () => {
    const { agent, failures } = start("exec 0<&-; echo ready; exit 3");
    agent.send("x".repeat(1_000_000));
    expect(await agent.ended).toEqual({ code: 3, signal: null });
    expect(agent.writeError()).not.toBeNull();
    expect(failures).toEqual([]);
  });

  it("says what is missing when there is nothing to start", async () => {
    const { agent, failures } = start("", { command: "/no/such/agent" });
    expect(await agent.ended).toEqual({ code: null, signal: null });
    expect(agent.identity).toBeNull();
    expect(failures).toEqual([expect.stringContaining("ENOENT")]);
  });

  it("keeps the end of stderr, scrubbed", async () => {
    const { agent } = start(
      "printf 'x%.0s' {1..9000} >&2; echo ' \\033[31mpassword MY_TOKEN=abcdefghijk\\033[0m end' >&2",
    );
    await agent.ended;
    expect(agent.stderrTail().length).toBeLessThanOrEqual(2_048);
    expect(agent.stderrTail()).toMatch(/password MY_TOKEN=\[redacted\].* end$/);
  });

  it("stops twice as once", async () => {
    const { agent, marker } = start("trap '' TERM; setsid tail -f /dev/null & wait; wait");
    await Promise.all([agent.stop(), agent.stop()]);
    await agent.ended;
    expect(left(marker)).toBe(0);
  });
});
