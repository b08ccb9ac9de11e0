import { makeApi } from "./api/api.ts";
import type { Cli, Connection } from "./cli.ts";
import { CliError, exitCodes, invalidUse } from "./errors/cli-error.ts";
import { ReplyError } from "./errors/reply-error.ts";
import type { GlobalOptions } from "./global-options.ts";
import type { Io } from "./io.ts";
import { languageOf } from "./language/language.ts";
import { translate } from "./language/translate.ts";
import { type NamedWorkspace, nameWorkspace } from "./settings/named-workspace.ts";
import type { Profile } from "./settings/profile.ts";
import { readTaskMode, type TaskMode } from "./settings/task-mode.ts";
import { readTimeoutMs } from "./settings/timeout.ts";

const defaultServerUrl = "http://127.0.0.1:8080";

/** @throws CliError exit 3 inside of a run without proper credentials */
export function makeCli(io: Io, global: GlobalOptions): Cli {
  const taskMode = readTaskMode(io.environment);
  if (taskMode) refuseForeignTargets(global, taskMode);
  const language = languageOf(io.environment);
  const hint = (text: string): void => {
    if (!global.quiet) io.stderr.write(`${translate(text, language)}\n`);
  };
  let workspace: NamedWorkspace | null = null;
  const callWith: Cli["callWith"] = ({ serverUrl, token }) => {
    const callServer = makeApi({
      serverUrl,
      token,
      timeoutMs: readTimeoutMs(io.environment),
      signal: io.signal,
      ...(global.debug ? { onExchange: (line: string) => io.stderr.write(`${line}\n`) } : {}),
    });
    return async (name, input) => {
      try {
        return await callServer(name, input);
      } catch (error) {
        if (!(error instanceof ReplyError) || error.status !== 404) throw error;
        const { explainNotFound } = await import("./errors/explain-not-found.ts");
        throw explainNotFound(error, { input, serverUrl, workspace });
      }
    };
  };
  const profile = once(() => loadProfile(io, global, taskMode));
  const connection = once(() => readConnection(io, global, taskMode, profile));
  const api = once(async () => callWith(await connection()));
  const call: Cli["call"] = async (name, input) => (await api())(name, input);
  let exitCode = 0;
  return {
    io,
    endWith: (code) => {
      exitCode = code;
    },
    exitCode: () => exitCode,
    global,
    taskMode,
    hint,
    call,
    callWith,
    connection,
    profile,
    workspace: once(async () => {
      workspace = await nameWorkspace(io, global, { taskMode, profile, call });
      return workspace.name;
    }),
    confirm: async (question) => {
      if (global.yes) return;
      const { confirm } = await import("./input/confirm.ts");
      await confirm(io, translate(question, language));
    },
  };
}

/** In a run, nobody reaches for another server, workspace or person's settings. */
function refuseForeignTargets(global: GlobalOptions, taskMode: TaskMode): void {
  const refused =
    (global.profile !== undefined && "--profile") ||
    (global.serverUrl !== undefined && global.serverUrl !== taskMode.serverUrl && "--server-url") ||
    (global.workspace !== undefined &&
      !isOwnWorkspace(global.workspace, taskMode) &&
      "--workspace");
  if (!refused) return;
  throw new CliError(`${refused} cannot be used inside of a task.`, {
    exitCode: exitCodes.permission,
    nextStep: "Leave it out: the task's own server and workspace are used.",
  });
}

function isOwnWorkspace(name: string, taskMode: TaskMode): boolean {
  return name === taskMode.workspace || name === taskMode.workspaceSlug;
}

async function loadProfile(
  io: Io,
  global: GlobalOptions,
  taskMode: TaskMode | null,
): Promise<Profile> {
  if (taskMode) {
    throw new CliError("Settings of this machine cannot be used inside of a task.", {
      exitCode: exitCodes.permission,
    });
  }
  const { openProfile } = await import("./settings/profile.ts");
  const name = global.profile ?? (io.environment["HEADCOUNT_PROFILE"] || "default");
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,40}$/.test(name)) {
    throw invalidUse(
      `"${name}" is no name for a profile.`,
      "Use letters, digits, dots and dashes.",
    );
  }
  return openProfile(name, io.environment);
}

async function readConnection(
  io: Io,
  global: GlobalOptions,
  taskMode: TaskMode | null,
  profile: () => Promise<Profile>,
): Promise<Connection> {
  if (taskMode) return { serverUrl: taskMode.serverUrl, token: taskMode.token };
  const fromProfile = (await profile()).config;
  const serverUrl =
    global.serverUrl ??
    (io.environment["HEADCOUNT_SERVER_URL"] || fromProfile.serverUrl || defaultServerUrl);
  const named = io.environment["HEADCOUNT_PAT"];
  // A token goes to the server it was made for, not to one that is merely named on the command line.
  const isOwnServer = sameOrigin(serverUrl, fromProfile.serverUrl ?? defaultServerUrl);
  const token = named || (isOwnServer ? fromProfile.token : undefined) || null;
  return { serverUrl: checkedUrl(serverUrl), token };
}

function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return text;
  throw invalidUse(
    `"${text}" is no address of a server.`,
    "Write it like https://headcount.example.",
  );
}

function sameOrigin(left: string, right: string): boolean {
  return URL.parse(left)?.origin === URL.parse(right)?.origin;
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | null = null;
  return () => (value ??= read());
}
