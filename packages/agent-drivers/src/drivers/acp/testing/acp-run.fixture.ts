import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";
import type { CliSpec } from "../../../core/cli-spec.ts";
import type { RunningAgent, RunSink } from "../../../core/driver.ts";
import type { RunItem, RunOptions } from "../../../core/types.ts";
import { acpDriver } from "../acp-driver.ts";
import type { AgentScript, ScriptStep } from "./agent-script.ts";

export type Json = Readonly<Record<string, unknown>>;

const scriptedAgent = fileURLToPath(new URL("./scripted-agent.ts", import.meta.url));

let root = "";

/** Folder of the test that runs now. */
export const folderOfTest = (): string => root;

/** Gives each test of the calling file a folder of its own, in which its agent leaves its log. */
export function giveEachTestAFolder(): void {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "acp-driver-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
}

export const say = (text: string): ScriptStep => ({
  update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } },
});
export const endTurn: ScriptStep = { reply: { stopReason: "end_turn" } };

/** An agent that opens a session and answers, unless the changes say otherwise. */
export function agentScript(changes: AgentScript = {}): AgentScript {
  return {
    initialize: [{ reply: { protocolVersion: 1, agentCapabilities: {} } }],
    "session/new": [{ reply: { sessionId: "s-1" } }],
    "session/set_mode": [{ reply: {} }],
    "session/set_model": [{ reply: {} }],
    "session/set_config_option": [{ reply: {} }],
    "session/close": [{ reply: {} }],
    authenticate: [{ reply: {} }],
    "session/prompt": [say("ok"), endTurn],
    ...changes,
  };
}

export type Run = { readonly agent: RunningAgent; readonly items: RunItem[] };

export function start(
  spec: CliSpec,
  script: AgentScript,
  changes: Partial<RunOptions> = {},
  watch: RunSink = () => undefined,
): Run {
  const items: RunItem[] = [];
  const options: RunOptions = {
    executable: process.execPath,
    launchPrefix: [scriptedAgent, join(root, "log"), JSON.stringify(script)],
    extraArguments: [],
    workDirectory: root,
    prompt: "do it",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: root,
    environment: { PATH: process.env["PATH"] ?? "", HOME: root },
    marker: `acp-driver-test-${root}`,
    startedAtMs: 0,
    ...changes,
  };
  const agent = acpDriver(spec, options, (item) => {
    items.push(item);
    watch(item);
  });
  return { agent, items };
}

/** Frames the agent read, without the first line, which is its command line. */
export function received(): readonly Json[] {
  const lines = readFileSync(join(root, "log"), "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => JSON.parse(line) as Json);
}

export const methods = (): readonly unknown[] => received().flatMap(({ method }) => method ?? []);
export const paramsOf = (method: string): unknown =>
  received().find((frame) => frame["method"] === method)?.["params"];
