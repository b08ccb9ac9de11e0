import { describe, expect, it } from "vitest";
import { runCommand } from "../core/run-command.ts";
import type { RunOptions } from "../core/types.ts";
import { parseVersion } from "../core/version.ts";
import { driverOf } from "../drivers/driver-of.ts";
import { cliSpecs } from "./cli-specs.ts";

const prompt = 'a prompt with "quotes"\nand lines';
const options: RunOptions = {
  executable: "/opt/agent",
  launchPrefix: [],
  extraArguments: [],
  workDirectory: "/work",
  prompt,
  model: "some-model",
  effort: "high",
  resumeSessionId: "session-1",
  systemPrompt: null,
  mcpConfig: null,
  privateDirectory: "/private",
  environment: { PATH: "/bin" },
  marker: "marker-1",
  startedAtMs: 0,
};

describe("rows of CLIs", () => {
  it("have names of their own", () => {
    const ids = cliSpecs.map((spec) => spec.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(cliSpecs.map((spec) => ({ id: spec.id, spec })))(
    "$id has a driver and a mapper",
    ({ spec }) => {
      expect(driverOf(spec)).toBeTypeOf("function");
      const mapper = spec.createMapper({
        model: null,
        resumeSessionId: null,
        baseline: null,
        usage: spec.usage,
      });
      expect(mapper.isTerminal()).toBe(false);
    },
  );

  it.each(
    cliSpecs
      .filter((spec) => spec.verified && spec.bins.length > 0)
      .map((spec) => ({ id: spec.id, spec })),
  )("$id says with which version it has been verified", ({ spec }) => {
    const { drivenWith, note } = spec.version;
    expect(parseVersion(drivenWith ?? "")).toBe(drivenWith);
    // One row, one truth: what people read is what the product shows.
    expect(note ?? "").toMatch(new RegExp(`^(?!Driven with)|^Driven with ${drivenWith}\\.`));
  });

  it("INV-66 give their prompt by argument only where the CLI offers nothing else", () => {
    const byArgument = cliSpecs.filter((spec) => spec.prompt === "argv").map((spec) => spec.id);
    expect(byArgument.toSorted()).toEqual(["antigravity", "deveco"]);
  });

  it.each(cliSpecs.map((spec) => ({ id: spec.id, spec })))(
    "INV-66 $id gets its prompt in the declared way and knows where it works",
    ({ spec }) => {
      const given = runCommand(spec, options);
      const holders = given.arguments.filter((argument) => argument.includes("a prompt with"));
      expect(holders).toEqual(spec.prompt === "argv" ? [prompt] : []);
      expect(given.environment).toMatchObject({ PWD: "/work", HEADCOUNT_RUN: "marker-1" });
    },
  );

  it.each(cliSpecs.map((spec) => ({ id: spec.id, spec })))(
    "INV-20 $id does not succeed on silence",
    ({ spec }) => {
      const mapper = spec.createMapper({
        model: null,
        resumeSessionId: null,
        baseline: null,
        usage: spec.usage,
      });
      const ending = {
        cause: "ended",
        exit: { code: 0, signal: null },
        stderr: "",
        error: null,
      } as const;
      expect(mapper.finish(ending).result.status).toBe("failed");
    },
  );
});

describe("arguments", () => {
  it("of Claude Code", () => {
    const spec = cliSpecs.find(({ id }) => id === "claude");
    const command = spec === undefined ? null : runCommand(spec, options);
    expect(command?.arguments).toEqual([
      "-p",
      "--output-format",
      "stream-json",
      "--input-format",
      "stream-json",
      "--verbose",
      "--include-partial-messages",
      "--permission-mode",
      "bypassPermissions",
      "--disallowedTools",
      "AskUserQuestion",
      "--model",
      "some-model",
      "--effort",
      "high",
      "--resume",
      "session-1",
    ]);
  });

  it("of Codex come after the launch prefix and before the user's own", () => {
    const spec = cliSpecs.find(({ id }) => id === "codex");
    const given = {
      ...options,
      launchPrefix: ["wrap", "--"],
      extraArguments: ["-c", "x=1", "--listen=ws://x"],
    };
    const command = spec === undefined ? null : runCommand(spec, given);
    expect(command?.arguments).toEqual([
      "wrap",
      "--",
      "app-server",
      "--listen",
      "stdio://",
      "-c",
      "x=1",
    ]);
    expect(command?.dropped).toEqual(["--listen"]);
  });
});
