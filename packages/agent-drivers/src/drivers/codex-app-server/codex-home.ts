import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { RunOptions } from "../../core/types.ts";
import { managedCodexConfig } from "./managed-codex-config.ts";

export type CodexHome = {
  readonly directory: string;
  /** Carries servers and perhaps their secrets; removed after the run. */
  readonly secretFile: string;
};

/** Read and written in the user's own home, so that logins stay fresh and sessions can go on. */
const linked = ["auth.json", "sessions"];
const copied = ["config.json", "instructions.md", "AGENTS.md", "models_cache.json"];

/**
 * Makes a private home for a run with managed servers or skills. The user's configuration is the
 * base, the user's own servers are left out where there are managed ones, and only the owner can
 * read the result.
 */
export function prepareCodexHome(options: RunOptions): CodexHome {
  const { environment } = options;
  const own = environment["CODEX_HOME"] ?? join(environment["HOME"] ?? homedir(), ".codex");
  const directory = join(options.privateDirectory, "codex-home");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  mkdirSync(join(own, "sessions"), { recursive: true });
  for (const name of linked) link(join(own, name), join(directory, name));
  for (const name of copied) {
    if (existsSync(join(own, name))) copyFileSync(join(own, name), join(directory, name));
  }
  const config = join(own, "config.toml");
  const base = existsSync(config) ? readFileSync(config, "utf8") : "";
  const secretFile = join(directory, "config.toml");
  writeFileSync(secretFile, managedCodexConfig(base, options.mcpConfig?.mcpServers ?? null), {
    mode: 0o600,
  });
  return { directory, secretFile };
}

function link(target: string, path: string): void {
  if (existsSync(path) || !existsSync(target)) return;
  symlinkSync(target, path);
}
