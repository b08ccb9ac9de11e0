import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Cli } from "../cli.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";
import { withoutTokens } from "../errors/report-error.ts";
import { findStateDirectory } from "./find-state-directory.ts";

export type LogRequest = {
  readonly dataDir: string | undefined;
  readonly lines: number;
  readonly mode: "once" | "follow";
};

const longestTailBytes = 4 * 1024 * 1024;
const lookAgainMs = 500;

/** Writes the end of a daemon's log to stdout, and what is added to it while it is followed. */
export async function showLog(cli: Cli, request: LogRequest): Promise<void> {
  const file = findLog(await findStateDirectory(cli, request.dataDir));
  const first = await readFrom(file, 0);
  const lines = first.text.trimEnd().split("\n").slice(-request.lines);
  cli.io.stdout.write(`${withoutTokens(lines.join("\n"))}\n`);
  for (let { end } = first; request.mode === "follow";) {
    await delay(lookAgainMs, undefined, { signal: cli.io.signal });
    const more = await readFrom(file, end);
    if (more.text !== "") cli.io.stdout.write(withoutTokens(more.text));
    end = more.end;
  }
}

/** A daemon that a person started writes below `logs`, one that a server started beside its state. */
function findLog(stateDirectory: string): string {
  const candidates = [["logs", "daemon.log"], ["daemon.log"]].map((parts) =>
    path.join(stateDirectory, ...parts),
  );
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found) return found;
  throw new CliError("The daemon of this machine has written no log yet.", {
    exitCode: exitCodes.notFound,
    nextStep: "Start it with `headcount daemon start`.",
  });
}

/** Text after a place; from the beginning when the file has become shorter. */
async function readFrom(file: string, from: number): Promise<{ text: string; end: number }> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const start = size < from ? 0 : Math.max(from, size - longestTailBytes);
    const bytes = Buffer.alloc(size - start);
    await handle.read(bytes, 0, bytes.length, start);
    return { text: bytes.toString("utf8"), end: size };
  } finally {
    await handle.close();
  }
}
