import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { LeaseKey } from "@headcount/daemon/outbox/outbox-entry";
import { daemon } from "@headcount/contract/daemon/routes";
import { stampsIn } from "./line-agent.ts";

/** What the program is told, as JSON in its only argument. */
export type ForwarderOrder = {
  readonly serverUrl: string;
  readonly token: string;
  readonly executable: string;
  readonly leases: readonly LeaseKey[];
  /** After this long it gives up; what has not been taken by then counts as late as that. */
  readonly limitMs: number;
};

export type ForwarderResult = {
  readonly lagsMs: readonly number[];
  readonly delivered: number;
  readonly cpuMs: number;
  readonly peakMb: number;
};

/**
 * What one writes first: the lines of every agent are read with Node's own reader, and each one is
 * sent by itself and waited for. Nothing is kept on the disk, redacted, merged or counted.
 */
async function forward(order: ForwarderOrder): Promise<ForwarderResult> {
  const lagsMs: number[] = [];
  let delivered = 0;
  let peakMb = 0;
  const sampling = setInterval(() => {
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1024 ** 2);
  }, 250);
  const gaveUp = AbortSignal.timeout(order.limitMs);
  await Promise.all(
    order.leases.map(async (lease) => {
      const agent = spawn(order.executable, [], { stdio: ["pipe", "pipe", "ignore"] });
      agent.stdin.end("{}\n");
      const waiting: string[] = [];
      const reader = createInterface({ input: agent.stdout });
      reader.on("line", (line) => waiting.push(line));
      const ended = new Promise((resolve) => reader.once("close", resolve));
      let seq = 1_000_000;
      let isEnded = false;
      void ended.then(() => (isEnded = true));
      while (!gaveUp.aborted && !(isEnded && waiting.length === 0)) {
        const line = waiting.shift();
        if (line === undefined) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          continue;
        }
        seq += 1;
        if (!(await send(order, lease, seq, line, gaveUp))) break;
        for (const { printedAtMs } of stampsIn(line)) lagsMs.push(Date.now() - printedAtMs);
        delivered += 1;
      }
      for (const line of waiting) {
        for (const { printedAtMs } of stampsIn(line)) lagsMs.push(Date.now() - printedAtMs);
      }
      agent.kill("SIGKILL");
    }),
  );
  clearInterval(sampling);
  const { user, system } = process.cpuUsage();
  return { lagsMs, delivered, cpuMs: (user + system) / 1_000, peakMb };
}

/** @returns false when the time was up before the server had answered */
async function send(
  { serverUrl, token }: ForwarderOrder,
  lease: LeaseKey,
  seq: number,
  line: string,
  signal: AbortSignal,
): Promise<boolean> {
  const body = {
    seq,
    type: "text",
    tool: null,
    callId: null,
    content: JSON.stringify(JSON.parse(line)),
    originalBytes: null,
    isError: false,
    isSubagent: false,
    atMs: 0,
  };
  const record = { ...lease, sequence: seq, ageMs: 0, kind: "transcript", body };
  try {
    const reply = await fetch(`${serverUrl}${daemon.outbox.path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ records: [record] }),
      signal,
    });
    if (!reply.ok) throw new Error(`The server answered ${reply.status}: ${await reply.text()}`);
    await reply.arrayBuffer();
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

process.stdout.write(JSON.stringify(await forward(JSON.parse(process.argv[2] ?? "{}"))));
process.exit(0);
