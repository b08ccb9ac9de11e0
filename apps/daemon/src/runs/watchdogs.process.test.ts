import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { families } from "@headcount/agent-drivers/testing/families";
import type { TerminalRecord, TranscriptRecord } from "@headcount/contract/daemon/schemas";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { describe, expect, it } from "vitest";
import type { DaemonConfig } from "../state/daemon-config.ts";
import { startTestDaemon } from "../testing/test-daemon.fixture.ts";

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

  it.each([
    ["the second start is answered", 1],
    ["no start is answered", 2],
  ])("a CLI that does not answer at its start is started once more: %s", async (_what, deaf) => {
    await using folder = await temporaryDirectory({ prefix: "codex" });
    await makeSlowCodex(folder.path, deaf);
    await using test = await startTestDaemon({
      handshakeMs: 4_000,
      environment: { PATH: `${folder.path}:/usr/bin:/bin`, HOME: folder.path },
    });
    const { server } = test;
    await waitFor(() => server.hasRuntime("codex"), { timeoutMs: 40_000, describe: "codex" });
    const runtimeId = server.runtimeOf("codex");
    server.queue.push(server.task("finish", { cli: "codex", runtimeId }));
    await waitFor(() => server.recordsOf("terminal").length === 1, {
      timeoutMs: 40_000,
      describe: "the end",
    });
    const answered = { status: "completed", answer: "Done.", failureReason: null };
    const unanswered = {
      status: "failed",
      failureReason: "runtime_cli_timeout",
      watchdog: { name: "handshake", limitMs: 4_000 },
    };
    expect(server.recordsOf("terminal")).toMatchObject([deaf === 1 ? answered : unanswered]);
    expect(server.starts).toHaveLength(1);
    const said = server.recordsOf("transcript").map((row) => row.content);
    expect(said).toContain("The agent CLI did not answer at its start; starting it once more.");
  });
});

/** A Codex whose first starts, as many as `deaf`, read nothing and say nothing. */
async function makeSlowCodex(folder: string, deaf: number): Promise<void> {
  const script = path.join(folder, "script.json");
  await writeFile(script, JSON.stringify(families["codex-app-server"].finished()));
  const cli = fileURLToPath(import.meta.resolve("@headcount/agent-drivers/testing/scripted-cli"));
  const file = path.join(folder, "codex");
  const starts = path.join(folder, "starts");
  const lines = [
    "#!/bin/sh",
    '[ "$1" = --version ] && { echo "codex-cli 0.169.0"; exit 0; }',
    "# Looked over, not at work.",
    '[ -z "$HEADCOUNT_TASK_ID" ] && exit 0',
    `echo start >> '${starts}'`,
    `[ "$(wc -l < '${starts}')" -le ${deaf} ] && exec tail -f /dev/null`,
    `exec '${process.execPath}' '${cli}' '${path.join(folder, "log")}' '${script}'`,
  ];
  await writeFile(file, `${lines.join("\n")}\n`, { mode: 0o755 });
}
