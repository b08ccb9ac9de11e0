import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claude } from "../clis/claude.ts";
import { cliSpecs } from "../clis/cli-specs.ts";
import { codex } from "../clis/codex.ts";
import { command } from "../clis/command.ts";
import { opencode } from "../clis/opencode.ts";
import { detectCli } from "./detection.ts";
import { ProbeCache } from "./probe-cache.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detection-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(text: string, name = "claude"): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

const script = (body: string): string => `#!/bin/sh\n${body}\n`;
const path = (): Record<string, string> => ({ PATH: `${folder}:/usr/bin:/bin` });

describe("finding a CLI", () => {
  it("takes it from PATH and asks its version", async () => {
    const executable = program(script("echo noise; echo '2.1.330 (Claude Code)'"));
    expect(await detectCli(claude, { environment: path() })).toEqual({
      found: true,
      executable,
      version: "2.1.330",
    });
  });

  it("prefers an explicit path, and a wrong one is an error", async () => {
    program(script("echo 2.0.1"));
    const own = program(script("echo 2.5.0"), "my-claude");
    const environment = { ...path(), HEADCOUNT_CLAUDE_PATH: own };
    expect(await detectCli(claude, { environment })).toMatchObject({
      executable: own,
      version: "2.5.0",
    });
    const wrong = { ...path(), HEADCOUNT_CLAUDE_PATH: "/no/such/claude" };
    expect(await detectCli(claude, { environment: wrong })).toMatchObject({
      found: false,
      reason: "not_found",
      message: expect.stringContaining("HEADCOUNT_CLAUDE_PATH"),
    });
  });

  it("refuses a version that is too old, and accepts one it cannot read", async () => {
    program(script("echo 1.9.0"));
    expect(await detectCli(claude, { environment: path() })).toMatchObject({
      reason: "too_old",
      version: "1.9.0",
    });
    program(script("echo unknown build"));
    expect(await detectCli(claude, { environment: path() })).toMatchObject({
      found: true,
      version: null,
    });
  });

  it("explains a program that cannot be executed", async () => {
    program("\u0000\u0001not a program");
    expect(await detectCli(claude, { environment: path() })).toMatchObject({
      reason: "install_incomplete",
      message: expect.stringContaining("install scripts allowed"),
      repair: "npm install -g @anthropic-ai/claude-code@latest",
    });
  });

  it.each([
    [claude, "install.cjs", "Error: claude native binary not installed."],
    [opencode, "postinstall.mjs", "Error: opencode-ai's postinstall script was not run."],
    [codex, null, "Error: Missing optional dependency @openai/codex-linux-x64."],
  ])(
    "names the command when npm installed a launcher without its program (case %#)",
    async (spec, installScript, said) => {
      const { npmPackage = "" } = spec.setup ?? {};
      const root = join(folder, "a folder", "node_modules", npmPackage ?? "");
      mkdirSync(join(root, "bin"), { recursive: true });
      writeFileSync(join(root, "package.json"), JSON.stringify({ name: npmPackage }));
      if (installScript !== null) writeFileSync(join(root, installScript), "");
      const [bin = ""] = spec.bins;
      writeFileSync(join(root, "bin", bin), script(`echo "${said}" >&2; exit 1`), { mode: 0o755 });
      symlinkSync(join(root, "bin", bin), join(folder, bin));
      const detection = await detectCli(spec, { environment: path() });
      const place = root.replaceAll(" ", String.raw`\ `);
      expect(detection).toMatchObject({
        reason: "install_incomplete",
        repair:
          installScript === null
            ? "npm install -g @openai/codex@latest"
            : `cd ${place} && node ${installScript}`,
      });
    },
  );

  it("asks a version once in ten minutes, and at once when the file was replaced", async () => {
    const cache = new ProbeCache();
    const asked = join(folder, "asked");
    const look = () => detectCli(claude, { environment: path(), cache });
    program(script(`echo x >> "${asked}"; echo 2.1.0`));
    expect([await look(), await look()]).toMatchObject([
      { version: "2.1.0" },
      { version: "2.1.0" },
    ]);
    expect(readFileSync(asked, "utf8")).toBe("x\n");
    rmSync(join(folder, "claude"));
    program(script(`echo x >> "${asked}"; echo 2.1.11`));
    expect(await look()).toMatchObject({ version: "2.1.11" });
    cache.expire();
    await look();
    expect(readFileSync(asked, "utf8")).toBe("x\nx\nx\n");
  });

  it("believes a program that is only slow what it said before", async () => {
    const cache = new ProbeCache();
    const busy = join(folder, "busy");
    program(script(`[ -e "${busy}" ] && exec tail -f /dev/null; echo 2.1.0`));
    const look = () => detectCli(claude, { environment: path(), cache, probeTimeoutMs: 1_000 });
    expect(await look()).toMatchObject({ version: "2.1.0" });
    writeFileSync(busy, "");
    cache.expire();
    expect(await look()).toMatchObject({ found: true, version: "2.1.0" });
  });

  it("looks into the folders that installers use when no PATH has it", async () => {
    mkdirSync(join(folder, ".claude/local"), { recursive: true });
    writeFileSync(join(folder, ".claude/local/claude"), script("echo 2.3.4"), { mode: 0o755 });
    const environment = { HOME: folder, PATH: "/usr/bin:/bin" };
    expect(await detectCli(claude, { environment })).toMatchObject({
      found: true,
      version: "2.3.4",
    });
  });

  it("gives up on a program that hangs", async () => {
    program(script("exec tail -f /dev/null"));
    const found = await detectCli(claude, { environment: path(), probeTimeoutMs: 100 });
    expect(found).toMatchObject({
      reason: "no_answer",
      message: expect.stringContaining("in time"),
    });
  });

  it("asks the login shell when PATH does not have it", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "claude"), script("echo 2.2.2"), { mode: 0o755 });
    writeFileSync(
      join(folder, ".bash_profile"),
      `export PATH="${bin}:$PATH"\nalias claude=false\n`,
    );
    const environment = { HOME: folder, SHELL: "/bin/bash", PATH: "/usr/bin:/bin" };
    expect(await detectCli(claude, { environment })).toMatchObject({
      found: true,
      version: "2.2.2",
    });
  });

  it("starts one login shell however many programs it looks for", async () => {
    const starts = join(folder, "starts");
    writeFileSync(join(folder, ".bash_profile"), `echo started >> "${starts}"\n`);
    // Unlike every other test's, so that no earlier answer is at hand.
    const environment = { HOME: folder, SHELL: "/bin/bash", PATH: "/usr/bin:/bin:/nowhere" };
    await Promise.all(cliSpecs.map((spec) => detectCli(spec, { environment })));
    expect(readFileSync(starts, "utf8")).toBe("started\n");
  });

  it("does not run a command of which nothing is known", async () => {
    const ran = join(folder, "ran");
    const HEADCOUNT_COMMAND_PATH = program(script(`touch "${ran}"`), "work");
    expect(await detectCli(command, { environment: { HEADCOUNT_COMMAND_PATH } })).toEqual({
      found: true,
      executable: HEADCOUNT_COMMAND_PATH,
      version: null,
    });
    expect(existsSync(ran)).toBe(false);
  });

  it("says what to do when it is nowhere", async () => {
    const found = await detectCli(claude, { environment: { PATH: "/nowhere" } });
    expect(found).toMatchObject({
      reason: "not_found",
      message: expect.stringContaining("Install it"),
      repair: "npm install -g @anthropic-ai/claude-code",
    });
  });
});
