import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AgentScript, DEFAULT_SCRIPT } from "./agent-script.ts";

const PROGRAM = fileURLToPath(new URL("scripted-agent.ts", import.meta.url));

export type FakeClaude = {
  /** Absolute path of an executable named `claude`; its folder can be put on PATH. */
  readonly executable: string;
  /** Folder that the sessions are kept in, one `<session id>.json` each. */
  readonly sessions: string;
  /** Replaces the script for the runs that start from now on. */
  setScript(script: AgentScript): Promise<void>;
};

/**
 * Makes an executable in the directory that is taken for Claude Code and plays a script. Needs
 * nothing of the environment that it is started with. Only for POSIX systems.
 */
export async function makeFakeClaude(
  directory: string,
  script: AgentScript = DEFAULT_SCRIPT,
): Promise<FakeClaude> {
  const executable = join(directory, "claude");
  const scriptFile = join(directory, "script.json");
  const home = join(directory, "agent-home");
  await mkdir(home, { recursive: true });
  const setScript = async (next: AgentScript): Promise<void> => {
    const beside = `${scriptFile}.next`;
    await writeFile(beside, JSON.stringify(next, null, 2));
    // A run that starts meanwhile reads the one script or the other, never half of one.
    await rename(beside, scriptFile);
  };
  await setScript(script);
  const lines = [
    "#!/bin/sh",
    `FAKE_AGENT_SCRIPT=${quoted(scriptFile)}`,
    `FAKE_AGENT_HOME=${quoted(home)}`,
    "export FAKE_AGENT_SCRIPT FAKE_AGENT_HOME",
    `exec ${quoted(process.execPath)} ${quoted(PROGRAM)} "$@"`,
  ];
  await writeFile(executable, `${lines.join("\n")}\n`);
  await chmod(executable, 0o755);
  return { executable, sessions: join(home, "sessions"), setScript };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
