import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { antigravity } from "../../clis/antigravity.ts";
import { deveco } from "../../clis/deveco.ts";
import { command } from "../../clis/command.ts";
import { openclaw } from "../../clis/openclaw.ts";
import type { CliSpec } from "../../core/cli-spec.ts";
import type { RunItem, RunOptions, RunResult } from "../../core/types.ts";
import { driverOf } from "../driver-of.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "buffered-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Run = { readonly result: RunResult; readonly items: readonly RunItem[] };

/** Runs a shell script in the place of the CLI; its arguments are the row's. */
async function run(spec: CliSpec, script: string, changes: Partial<RunOptions> = {}): Promise<Run> {
  const items: RunItem[] = [];
  const file = join(root, "program.sh");
  writeFileSync(file, script);
  const options: RunOptions = {
    executable: "/bin/sh",
    launchPrefix: [file],
    extraArguments: [],
    workDirectory: root,
    prompt: "the prompt",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: root,
    environment: { PATH: process.env["PATH"] ?? "", HOME: root },
    marker: `buffered-test-${root}`,
    startedAtMs: 0,
    ...changes,
  };
  const agent = driverOf(spec)(spec, options, (item) => items.push(item));
  return { result: await agent.result, items };
}

describe("a program that is read as a whole", () => {
  it("gets brief and prompt on stdin, which is closed behind them", async () => {
    const { result } = await run(command, "cat", { systemPrompt: "Be kind." });
    expect(result).toMatchObject({ status: "completed", answer: "Be kind.\n\nthe prompt" });
  });

  it("INV-20 fails on another exit code, with what it said on stderr", async () => {
    const { result } = await run(command, "cat; echo 'rate limit' >&2; exit 7");
    expect(result).toMatchObject({
      status: "failed",
      answer: "",
      failureClass: "provider_capacity_or_rate_limit",
    });
  });

  it("is ended after its report when it stays", async () => {
    const report = '{ "ok": true, "final": "done", "payloads": [] }';
    const { result } = await run(openclaw, `echo '${report}'; exec tail -f /dev/null`);
    expect(result).toMatchObject({ status: "completed", answer: "done" });
  });

  it("has the prompt in its arguments where there is no other way", async () => {
    const { result } = await run(antigravity, 'echo "$2 in $PWD"');
    expect(result).toMatchObject({ status: "completed", answer: `the prompt in ${root}` });
  });

  it("INV-66 refuses an assignment that no argument can hold, instead of breaking", async () => {
    const prompt = '"quoted"\n'.repeat(110_000);
    const { result } = await run(antigravity, "echo done", { prompt });
    expect(result).toMatchObject({
      status: "failed",
      failureClass: "process_failure",
      error: expect.stringContaining("990000 bytes"),
    });
    const heard = await run(command, "wc -c", { prompt });
    expect(heard.result).toMatchObject({ status: "completed", answer: "990001" });
  });

  it("names its session in the log of the run", async () => {
    const id = "0a1b2c3d-0000-4000-8000-00000000abcd";
    const log = join(root, "antigravity.log");
    const { result, items } = await run(
      antigravity,
      `echo "conversation ${id} created" > '${log}'; echo Done.`,
    );
    expect(result).toMatchObject({ status: "completed", answer: "Done.", sessionId: id });
    expect(items).toContainEqual({ type: "status", text: "Session ended", sessionId: id });
  });

  it.each([command, antigravity, deveco])(
    "INV-20 does not start without the MCP servers it was given ($id)",
    async (spec) => {
      const mcpConfig = { mcpServers: { tracker: { command: "x" } } };
      const { result } = await run(spec, "echo done", { mcpConfig });
      expect(result).toMatchObject({
        status: "failed",
        failureClass: "missing_config",
        error: expect.stringContaining("tracker"),
      });
    },
  );
});
