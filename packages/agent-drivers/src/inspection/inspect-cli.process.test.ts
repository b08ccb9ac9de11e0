import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claude } from "../clis/claude.ts";
import { codex } from "../clis/codex.ts";
import { command } from "../clis/command.ts";
import { gemini } from "../clis/gemini.ts";
import { kimi } from "../clis/kimi.ts";
import { pi } from "../clis/pi.ts";
import type { CliSpec } from "../core/cli-spec.ts";
import type { CliInspection } from "./cli-inspection.ts";
import { inspectCli } from "./inspect-cli.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "inspection-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers each line it reads with what `answer(message)` gives. */
function program(answer: string): string {
  const file = join(folder, "program");
  writeFileSync(
    `${file}.cjs`,
    `const { appendFileSync } = require("node:fs");
const answer = ${answer};
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const message = JSON.parse(line);
  appendFileSync(${JSON.stringify(join(folder, "heard"))}, (message.method ?? message.request?.subtype) + "\\n");
  const reply = answer(message);
  if (reply !== undefined) console.log(JSON.stringify(reply));
});`,
  );
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${file}.cjs' "$@"\n`, {
    mode: 0o755,
  });
  return file;
}

function script(body: string): string {
  const file = join(folder, "script");
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}

function inspect(
  spec: CliSpec,
  executable: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<CliInspection> {
  const inherited = { PATH: "/usr/bin:/bin", TMPDIR: folder, ...environment };
  return inspectCli(spec, {
    executable,
    launchPrefix: [],
    environment: inherited,
    timeoutMs: 5_000,
  });
}

/** Command lines of living programs in which the text stands. */
function processesNaming(text: string): readonly string[] {
  const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(text));
}

const heard = (): readonly string[] =>
  readFileSync(join(folder, "heard"), "utf8").trim().split("\n");

describe("what an installed program says about itself", () => {
  it("Claude Code: models and account of its opening, without any prompt", async () => {
    const models = [
      { value: "default", resolvedModel: "claude-opus-5-5" },
      { value: "sonnet", resolvedModel: "claude-sonnet-5-5" },
    ];
    const opening = (account: object): string =>
      program(`(m) => ({ type: "control_response", response: { subtype: "success",
        request_id: m.request_id, response: ${JSON.stringify({ models, account })} } })`);
    const out = opening({ tokenSource: "none", apiProvider: "firstParty" });
    expect(await inspect(claude, out)).toEqual({
      models: ["sonnet", "claude-opus-5-5", "claude-sonnet-5-5"],
      modelsSource: "cli",
      signIn: "signed_out",
      problem: null,
    });
    expect(heard()).toEqual(["initialize"]);
    const withKey = opening({ apiProvider: "firstParty", apiKeySource: "ANTHROPIC_API_KEY" });
    expect((await inspect(claude, withKey)).signIn).toBe("signed_in");
    const cloud = opening({ tokenSource: "none", apiProvider: "bedrock" });
    expect((await inspect(claude, cloud)).signIn).toBe("unknown");
  });

  it("Codex: every page of its list, hidden ones left out", async () => {
    const executable = program(`(m) => {
      if (m.id === undefined) return undefined;
      if (m.method === "account/read")
        return { id: m.id, result: { account: null, requiresOpenaiAuth: true } };
      if (m.method !== "model/list") return { id: m.id, result: {} };
      const first = { data: [{ model: "gpt-6" }, { model: "old", hidden: true }], nextCursor: "2" };
      return { id: m.id, result: m.params.cursor === "2" ? { data: [{ id: "gpt-6-mini" }] } : first };
    }`);
    expect(await inspect(codex, executable)).toEqual({
      models: ["gpt-6", "gpt-6-mini"],
      modelsSource: "cli",
      signIn: "signed_out",
      problem: null,
    });
  });

  const acp = (session: string): string =>
    program(`(m) => {
      if (m.method === "initialize") return { id: m.id, result: { authMethods: [{ id: "login" }, { id: "gemini-api-key" }],
        agentCapabilities: { sessionCapabilities: { close: {}, delete: {} } } } };
      if (m.method === "session/new") return { id: m.id, ...${session} };
      return { id: m.id, result: {} };
    }`);

  it("an ACP agent: what its session offers; the session is given back", async () => {
    const models = {
      availableModels: [{ modelId: "k2" }, { modelId: "k3" }],
      currentModelId: "k2",
    };
    const executable = acp(JSON.stringify({ result: { sessionId: "s1", models } }));
    expect(await inspect(kimi, executable)).toMatchObject({
      models: ["k2", "k3"],
      modelsSource: "cli",
      signIn: "signed_in",
    });
    expect(heard()).toEqual(["initialize", "session/new", "session/delete"]);
  });

  it("an ACP agent that wants a login first is signed out, and what is known of it stands in", async () => {
    const executable = acp(
      JSON.stringify({ error: { code: -32000, message: "Authentication required" } }),
    );
    expect(await inspect(kimi, executable)).toEqual({
      models: [],
      modelsSource: "none",
      signIn: "signed_out",
      problem: "Kimi Code lists its models once it is signed in.",
    });
    const known = await inspect(gemini, executable, { GEMINI_API_KEY: "made-up" });
    expect(known).toMatchObject({ modelsSource: "catalogue", signIn: "signed_out" });
    expect(known.models).toContain("auto");
    expect(heard()).toContain("authenticate");
  });

  it("a program that can only print its list", async () => {
    const executable = script('[ "$1" = --list-models ] && printf "provider model\\nzai glm-6\\n"');
    expect(await inspect(pi, executable)).toMatchObject({
      models: ["zai/glm-6"],
      signIn: "signed_in",
    });
  });

  it("a program of which nothing is known is not even started", async () => {
    const executable = script(`touch '${join(folder, "ran")}'`);
    expect(await inspect(command, executable)).toMatchObject({ modelsSource: "none" });
    expect(readdirSync(folder)).not.toContain("ran");
  });

  it.each([
    ["is silent", "exec tail -f /dev/null", /did not answer within/],
    ["ends at once", "echo 'no such option' >&2; exit 2", /ended with 2.*no such option/],
    ["writes without end", "yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | tr -d '\\n'", /longer than/],
  ])("a program that %s costs its own answer, and is ended", async (_name, body, reason) => {
    const executable = script(body);
    const answer = await inspectCli(claude, {
      executable,
      launchPrefix: [],
      environment: { PATH: "/usr/bin:/bin" },
      timeoutMs: 1_500,
    });
    expect(answer).toMatchObject({ modelsSource: "catalogue", signIn: "unknown" });
    expect(answer.problem).toMatch(reason);
    expect(processesNaming(folder)).toEqual([]);
  });
});
