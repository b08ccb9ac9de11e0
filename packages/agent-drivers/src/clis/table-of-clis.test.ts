import { describe, expect, it } from "vitest";
import type { CliSpec } from "../core/cli-spec.ts";
import { pathSetting } from "../core/detection.ts";
import { runCommand } from "../core/run-command.ts";
import type { RunOptions } from "../core/types.ts";
import { cliSpecs, findCliSpec } from "./cli-specs.ts";

/** Every CLI that the product promises, and the family whose driver it has to be driven by. */
const promised: Readonly<Record<string, CliSpec["driver"]>> = {
  claude: "stream-json",
  codebuddy: "stream-json",
  qwen: "acp",
  // Its events have the manner of stream-json, but nothing can be sent after the prompt.
  cursor: "ndjson",
  gemini: "acp",
  codex: "codex-app-server",
  hermes: "acp",
  kimi: "acp",
  kiro: "acp",
  reasonix: "acp",
  qoder: "acp",
  qoderclicn: "acp",
  traecli: "acp",
  grok: "acp",
  qwenpaw: "acp",
  mcode: "acp",
  dim: "acp",
  copilot: "acp",
  opencode: "acp",
  deveco: "ndjson",
  pi: "ndjson",
  omp: "ndjson",
  openclaw: "buffered",
  antigravity: "buffered",
  cline: "ndjson",
  acp: "acp",
  command: "buffered",
};

/** Rows that passed against the real CLI. Everything else has to be shown as unverified. */
const verified = [
  "claude",
  "claude-acp",
  "cline",
  "codex",
  "codex-acp",
  "copilot",
  "gemini",
  "kimi",
  "opencode",
  "pi",
  "qwen",
  "tutorial",
];

const rows = cliSpecs.map((spec) => ({ id: spec.id, spec }));
const fresh: RunOptions = {
  executable: "/opt/agent",
  launchPrefix: [],
  extraArguments: [],
  workDirectory: "/work",
  prompt: "the prompt",
  model: null,
  effort: null,
  resumeSessionId: null,
  systemPrompt: null,
  mcpConfig: null,
  privateDirectory: "/private",
  environment: { PATH: "/bin" },
  marker: "marker-1",
  startedAtMs: 0,
};

function argumentsOf(spec: CliSpec, changes: Partial<RunOptions> = {}): readonly string[] {
  return runCommand(spec, { ...fresh, ...changes }).arguments;
}

describe("the table of CLIs", () => {
  it.each(Object.entries(promised))("has %s in the family %s", (id, driver) => {
    expect(findCliSpec(id)?.driver).toBe(driver);
  });

  it("calls exactly those verified that were driven", () => {
    const claimed = cliSpecs.filter((spec) => spec.verified).map((spec) => spec.id);
    expect(claimed.toSorted()).toEqual(verified);
  });

  it("has no two rows for one program or one setting", () => {
    const bins = cliSpecs.flatMap((spec) => spec.bins);
    expect(new Set(bins).size).toBe(bins.length);
    expect(new Set(cliSpecs.map(pathSetting)).size).toBe(cliSpecs.length);
  });
});

describe("a row", () => {
  it.each(rows)("$id says what there is to know about its program", ({ spec }) => {
    expect(spec.title.trim()).not.toBe("");
    expect(spec.bins.every((name) => /^[\w.-]+$/.test(name))).toBe(true);
    expect(spec.version.minimum ?? "0.0.0").toMatch(/^\d+\.\d+\.\d+$/);
    expect(spec.verified || spec.version.note !== null).toBe(true);
    expect(spec.context.skillsDirectory).toMatch(/^[.\w][\w./-]*$/);
    expect(spec.context.skillsDirectory).not.toContain("..");
  });

  it.each(rows)("$id says what its token counts are worth", ({ spec }) => {
    expect(spec.usage.source).toMatch(/^[a-z]+\.[\w.]+/);
    const { accumulation, gap } = spec.usage;
    expect(gap ?? "A sentence.").toMatch(/^[A-Z].*\.$/);
    // Where neither a run nor a recording could be compared, nothing is exact.
    const isCompared = spec.verified || ["pi", "openclaw"].includes(spec.id);
    const mayBeExact = isCompared && accumulation !== "none";
    expect(gap !== null || mayBeExact).toBe(true);
  });

  it.each(rows)("$id drops every option of a person that is its own to set", ({ spec }) => {
    const clean = argumentsOf(spec);
    for (const [name, shape] of Object.entries(spec.blocked)) {
      const given = shape === "flag" ? [name] : [name, "a-value-of-theirs"];
      const forms = name.startsWith("-") ? [given, [`${name}=a-value-of-theirs`]] : [given];
      for (const extraArguments of forms) {
        expect(argumentsOf(spec, { extraArguments }), extraArguments.join(" ")).toEqual(clean);
        expect(argumentsOf(spec, { extraArguments: [...extraArguments, "--theirs"] })).toContain(
          "--theirs",
        );
      }
    }
  });

  it.each(rows)("$id blocks the options by which it sets something itself", ({ spec }) => {
    const full = argumentsOf(spec, {
      model: "some-model",
      effort: spec.effortLevels.at(-1) ?? null,
      resumeSessionId: "session-1",
    });
    // Options that may be given twice, that a person may well want to add to, and the word for stdin.
    const shared = new Set(["--verbose", "--disallowedTools", "-"]);
    const own = full.filter((argument) => argument.startsWith("-") && !shared.has(argument));
    for (const option of own) expect(Object.keys(spec.blocked)).toContain(option);
  });

  it.each(rows)("$id continues a session in the declared way", ({ spec }) => {
    const id = "session-of-before";
    const resumed = argumentsOf(spec, { resumeSessionId: id });
    const byArgument = spec.resume.kind === "flag" || spec.resume.kind === "file";
    expect(resumed.includes(id)).toBe(byArgument);
    expect(argumentsOf(spec)).not.toContain(id);
    expect(spec.resume.boundTo.length === 0).toBe(spec.resume.kind === "none");
    expect(spec.resume.kind.startsWith("rpc")).toBe(spec.prompt === "rpc");
  });

  it.each(rows)("$id passes model and effort on in the declared way", ({ spec }) => {
    const model = "a-model-of-theirs";
    expect(argumentsOf(spec, { model }).includes(model)).toBe(spec.model === "argument");
    const effort = spec.effortLevels.at(-1) ?? "none-of-its-levels";
    expect(argumentsOf(spec, { effort }).includes(effort)).toBe(spec.effort === "argument");
  });

  it.each(rows)("$id has a driver that can do what it declares", ({ spec }) => {
    const isAcp = spec.driver === "acp";
    expect(spec.acp !== undefined).toBe(isAcp);
    expect(spec.prompt === "rpc").toBe(isAcp || spec.driver === "codex-app-server");
    expect(spec.prompt === "stdin-frame").toBe(spec.driver === "stream-json");
    expect(spec.mcpFiles !== undefined).toBe(spec.mcp === "file");
    expect(spec.mcp === "private-home").toBe(spec.driver === "codex-app-server");
    const viaProtocol = isAcp && spec.mcpFiles === undefined;
    expect(spec.mcp === "protocol").toBe(viaProtocol);
    const talks = isAcp || ["stream-json", "codex-app-server"].includes(spec.driver);
    expect(spec.cancel !== "signal").toBe(talks);
  });

  it.each(rows)("$id hands over a brief that its program would not find in a file", ({ spec }) => {
    const takesPrompt = ["acp", "buffered"].includes(spec.driver);
    expect(spec.context.inlineSystemPrompt !== "prepend" || takesPrompt).toBe(true);
    const brief = "the brief";
    const given = argumentsOf(spec, { systemPrompt: brief }).some((text) => text.includes(brief));
    const byArgument =
      spec.driver === "stream-json" ||
      (spec.context.inlineSystemPrompt === "prepend" && spec.prompt === "argv");
    expect(given).toBe(byArgument);
  });

  it.each(rows)("$id keeps a person's arguments in front of what it needs last", ({ spec }) => {
    const closing = spec.closingArguments?.(fresh) ?? [];
    const given = argumentsOf(spec, { extraArguments: ["--theirs", "x"] });
    expect(given).toEqual([...spec.protocolArguments(fresh), "--theirs", "x", ...closing]);
  });
});

describe("arguments", () => {
  it("of Grok end with the word that starts its protocol", () => {
    const spec = findCliSpec("grok");
    const given =
      spec === null ? [] : argumentsOf(spec, { extraArguments: ["--x"], effort: "low" });
    expect(given.slice(-4)).toEqual(["--effort", "low", "--x", "stdio"]);
  });

  it("of Hermes begin with its profile", () => {
    const spec = findCliSpec("hermes");
    const extraArguments = ["--x", "--profile", "work", "-p=other"];
    const given = spec === null ? [] : argumentsOf(spec, { extraArguments });
    expect(given).toEqual(["--profile", "work", "-p=other", "acp", "--x"]);
  });

  it("of CodeBuddy keep its own MCP servers beside those of the run", () => {
    const spec = findCliSpec("codebuddy");
    const mcpConfig = { mcpServers: {} };
    const given = spec === null ? [] : argumentsOf(spec, { mcpConfig });
    expect(given).toContain("--mcp-config");
    expect(given).not.toContain("--strict-mcp-config");
  });
});
