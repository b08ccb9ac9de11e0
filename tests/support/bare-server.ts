import path from "node:path";
import { fileURLToPath } from "node:url";
import { startProcess, type StartedProcess } from "./child-process.ts";

const launcher = fileURLToPath(new URL("../../bin/headcount.mjs", import.meta.url));

/** Starts a server without web and daemon, as a person would who gives it these flags. */
export function startBareServer(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): StartedProcess {
  return startProcess(
    [
      process.execPath,
      launcher,
      "server",
      "--roles=api,realtime,jobs",
      "--no-local-daemon",
      ...flags,
    ],
    { PATH: path.dirname(process.execPath), HOME: "/nonexistent", ...environment },
  );
}

export type Refusal = { readonly exitCode: number | null; readonly lines: readonly string[] };

/** Waits for the end of a server that was not able to start. */
export async function refusalOf(server: StartedProcess): Promise<Refusal> {
  const exitCode = await server.exited;
  return { exitCode, lines: server.output().trim().split("\n") };
}
