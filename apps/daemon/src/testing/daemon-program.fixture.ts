import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { profilePaths, type ProfilePaths } from "../state/profile-paths.ts";
import { ScriptedHeadcount } from "./scripted-headcount.fixture.ts";
import { makeScriptedAgent } from "./test-daemon.fixture.ts";

const mainFile = fileURLToPath(new URL("../main.ts", import.meta.url));

/** An enrolled machine with a scripted server and a scripted agent, and no daemon yet. */
export type EnrolledMachine = AsyncDisposable & {
  readonly folder: string;
  readonly server: ScriptedHeadcount;
  readonly paths: ProfilePaths;
  /** Starts the daemon's own program, so that it can be killed. */
  startProgram(more?: ProgramChanges): ChildProcess;
};

type ProgramChanges = {
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

export async function enrolMachine(): Promise<EnrolledMachine> {
  const directory = await temporaryDirectory({ prefix: "hcd" });
  const server = await ScriptedHeadcount.start();
  const folder = directory.path;
  const paths = profilePaths(path.join(folder, "state"));
  await makeScriptedAgent(folder);
  await mkdir(paths.root, { recursive: true });
  await writeFile(paths.token, "hcd_test\n");
  return {
    folder,
    server,
    paths,
    startProgram: ({ nodeArguments = [], environment = {} } = {}) =>
      spawn(process.execPath, [...nodeArguments, mainFile], {
        env: {
          PATH: process.env["PATH"],
          HOME: path.join(folder, "person"),
          HEADCOUNT_STATE_DIR: paths.root,
          HEADCOUNT_WORK_ROOT: path.join(folder, "work"),
          HEADCOUNT_SERVER_URL: server.baseUrl,
          HEADCOUNT_POLL_INTERVAL: "50ms",
          HEADCOUNT_CLAUDE_PATH: path.join(folder, "claude"),
          ...environment,
        },
        stdio: "ignore",
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}
