import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RunOptions } from "../core/types.ts";
import { prepareCodexHome } from "../drivers/codex-app-server/codex-home.ts";
import { hermes } from "./hermes.ts";
import { omp } from "./omp.ts";
import { pi } from "./pi.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "rows-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const options = (changes: Partial<RunOptions>): RunOptions => ({
  executable: "x",
  launchPrefix: [],
  extraArguments: [],
  workDirectory: "/work",
  prompt: "",
  model: null,
  effort: null,
  resumeSessionId: null,
  systemPrompt: null,
  mcpConfig: null,
  privateDirectory: path.join(folder, "private"),
  environment: { HOME: path.join(folder, "person") },
  marker: "m",
  startedAtMs: 0,
  ...changes,
});

it("INV-60 Pi is told of each document, because it loads none of a project by itself", () => {
  const skillDocuments = ["/work/.pi/skills/a/SKILL.md", "/work/.pi/skills/b/SKILL.md"];
  expect(pi.protocolArguments(options({ skillDocuments })).slice(-4)).toEqual(
    skillDocuments.flatMap((document) => ["--skill", document]),
  );
  expect(pi.protocolArguments(options({}))).not.toContain("--skill");
  expect(omp.protocolArguments(options({ skillDocuments }))).not.toContain("--skill");
});

it("INV-60 a private home for skills alone keeps the person's own servers, and drops skill settings", () => {
  const own = path.join(folder, "person/.codex");
  mkdirSync(own, { recursive: true });
  const config = '[mcp_servers.mine]\ncommand = "x"\n[[skills.config]]\npath = "y"\n[tui]\na = 1\n';
  writeFileSync(path.join(own, "config.toml"), config);
  const home = prepareCodexHome(options({ usesPrivateHome: true }));
  expect(readFileSync(home.secretFile, "utf8")).toBe(
    '[mcp_servers.mine]\ncommand = "x"\n[tui]\na = 1\n',
  );
  expect(readFileSync(path.join(own, "config.toml"), "utf8")).toBe(config);
});

it("INV-60 Hermes is led to its private home when skills wait in it, and only then", () => {
  expect(hermes.environment.set(options({ usesPrivateHome: true }))["HERMES_HOME"]).toBe(
    path.join(folder, "private/hermes-home"),
  );
  expect(hermes.environment.set(options({}))).not.toHaveProperty("HERMES_HOME");
});
