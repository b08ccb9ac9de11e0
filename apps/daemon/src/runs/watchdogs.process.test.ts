import type { TerminalRecord, TranscriptRecord } from "@headcount/contract/daemon/schemas";
import { waitFor } from "@headcount/testkit/wait-for";
import { describe, expect, it, vi } from "vitest";
import type { DaemonConfig } from "../state/daemon-config.ts";
import { startTestDaemon } from "../testing/test-daemon.fixture.ts";

// Processes and disks are slow on a busy machine; nothing here measures time.
vi.setConfig({ testTimeout: 60_000 });

type Ended = { readonly terminal: TerminalRecord; readonly rows: readonly TranscriptRecord[] };

/** Runs one task of a scripted agent to its end. */
async function run(what: string, limits: Partial<DaemonConfig>): Promise<Ended> {
  await using test = await startTestDaemon(limits);
  const { server } = test;
  server.queue.push(server.task(what));
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the end",
  });
  const [terminal] = server.recordsOf("terminal");
  if (terminal === undefined) throw new Error("no end");
  return { terminal, rows: server.recordsOf("transcript") };
}

describe("limits that end a run say which they are", () => {
  it("signs of life are no work: the run ends for its silence", async () => {
    const { terminal, rows } = await run("ping", { idleMs: 700 });
    expect(terminal).toMatchObject({
      status: "failed",
      failureReason: "timeout",
      error: "The agent wrote nothing for 0.7 s.",
      watchdog: { name: "silence", limitMs: 700 },
    });
    expect(rows.map((row) => row.content)).toContain("The agent wrote nothing for 0.7 s.");
  });

  it("an open tool has a longer limit of its own", async () => {
    const { terminal } = await run("hang", { idleMs: 30_000, idleInToolMs: 700 });
    expect(terminal).toMatchObject({
      failureReason: "timeout",
      watchdog: { name: "silent_tool", limitMs: 700 },
      toolRan: true,
    });
  });

  it("retries of the provider are activity, and shown", async () => {
    const { terminal, rows } = await run("retry", { idleMs: 3_000 });
    expect(terminal).toMatchObject({ status: "completed", answer: "All done." });
    expect(terminal.watchdog).toBeUndefined();
    expect(rows.filter((row) => row.type === "status").length).toBeGreaterThan(1);
  });

  it("INV-7 a limit over the whole run is only there where somebody has set it, and is not tried twice", async () => {
    const { terminal } = await run("wait", { taskTimeoutMs: 1_500 });
    expect(terminal).toMatchObject({
      failureReason: "agent_error.agent_timeout",
      watchdog: { name: "wall_clock", limitMs: 1_500 },
    });
  });
});
