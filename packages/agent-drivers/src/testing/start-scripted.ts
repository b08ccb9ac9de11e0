import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import type { CliSpec } from "../core/cli-spec.ts";
import type { Driver, RunningAgent } from "../core/driver.ts";
import { isJsonObject, objectAt, parseJsonObject, type JsonObject } from "../core/json.ts";
import type { RunItem, RunOptions } from "../core/types.ts";
import type { CliScript } from "./scripted-cli.ts";

export type ScriptedRun = {
  readonly agent: RunningAgent;
  readonly items: RunItem[];
  readonly options: RunOptions;
  /** Messages the CLI has received so far. */
  received(): readonly JsonObject[];
  /** Arguments after the script's own, as the CLI saw them. */
  arguments(): readonly unknown[];
};

/** Starts a driver on a scripted CLI in a folder that must exist and is removed by the caller. */
export function startScripted(
  start: { readonly driver: Driver; readonly spec: CliSpec; readonly root: string },
  script: CliScript,
  changes: Partial<RunOptions> = {},
): ScriptedRun {
  const { root } = start;
  const logFile = join(root, "log.jsonl");
  const scriptFile = join(root, "script.json");
  writeFileSync(scriptFile, JSON.stringify(script));
  for (const name of ["work", "private", "home"]) mkdirSync(join(root, name), { recursive: true });
  const items: RunItem[] = [];
  const options: RunOptions = {
    executable: process.execPath,
    launchPrefix: [join(import.meta.dirname, "scripted-cli.ts"), logFile, scriptFile],
    extraArguments: [],
    workDirectory: join(root, "work"),
    prompt: "the prompt",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: join(root, "private"),
    environment: { PATH: process.env["PATH"] ?? "", HOME: join(root, "home") },
    marker: randomUUID(),
    startedAtMs: Date.now(),
    ...changes,
  };
  const agent = start.driver(start.spec, options, (item) => items.push(item));
  const log = (): readonly JsonObject[] =>
    existsSync(logFile)
      ? readFileSync(logFile, "utf8")
          .split("\n")
          .map((line) => parseJsonObject(line))
          .filter((entry) => entry !== null)
      : [];
  return {
    agent,
    items,
    options,
    received: () =>
      log().flatMap((entry) =>
        isJsonObject(entry["received"]) ? [objectAt(entry, "received")] : [],
      ),
    arguments() {
      const seen = log()[0]?.["arguments"];
      return Array.isArray(seen) ? seen : [];
    },
  };
}
