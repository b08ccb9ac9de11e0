import { execFile } from "node:child_process";
import { existsSync } from "node:fs";

/** Git did not do what it was asked; `message` carries the last lines it wrote. */
export class GitError extends Error {
  /** Null when it was not git that ended by itself. */
  readonly exitCode: number | null;

  constructor(message: string, exitCode: number | null = null) {
    super(message);
    this.name = "GitError";
    this.exitCode = exitCode;
  }
}

function gitError(command: string, directory: string, error: Error, stderr: string): GitError {
  // A missing folder is told in the same way as a missing program.
  const isMissing = "code" in error && error.code === "ENOENT" && existsSync(directory);
  if (isMissing) {
    return new GitError("git was not found on this machine: install it, then run the task again.");
  }
  const said = withoutCredentials((stderr || error.message).trim()).slice(-1_000);
  const exitCode = "code" in error && typeof error.code === "number" ? error.code : null;
  return new GitError(`git ${command} failed: ${said}`, exitCode);
}

const limitMs = 10 * 60_000;

/**
 * Runs git without ever asking a person anything, with the credentials of this machine.
 *
 * @param environment variables for this call, over those that every call gets
 * @returns what it wrote to stdout, trimmed
 * @throws GitError when it fails or takes longer than ten minutes
 */
export async function git(
  directory: string,
  parts: readonly string[],
  signal?: AbortSignal,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const output = await runGit(directory, parts, { signal, environment });
  return output.trim();
}

export type GitCall = {
  readonly signal?: AbortSignal | undefined;
  /** Variables for this call, over those that every call gets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads from stdin, in the same encoding as its output. */
  readonly input?: string;
  /** `latin1` keeps every byte of names that are not UTF-8; `utf8` unless stated. */
  readonly encoding?: "utf8" | "latin1";
};

/**
 * The same with everything that can be said about a call.
 *
 * @returns what it wrote to stdout, as it stands
 * @throws GitError
 */
export function runGit(
  directory: string,
  parts: readonly string[],
  call: GitCall,
): Promise<string> {
  const { signal, environment = {}, input = "", encoding = "utf8" } = call;
  return new Promise((resolve, reject) => {
    const child = execFile(
      "git",
      [...parts],
      {
        cwd: directory,
        timeout: limitMs,
        maxBuffer: 16 * 1024 * 1024,
        encoding,
        env: { ...gitEnvironment(), ...environment },
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(gitError(commandOf(parts), directory, error, stderr));
      },
    );
    // A git that ends early does not read on; its exit code says what is wrong.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input, encoding);
  });
}

/** The word after settings such as `-c name=value`. */
function commandOf(parts: readonly string[]): string {
  const settings = parts.findIndex((part, index) => index % 2 === 0 && part !== "-c");
  return parts[settings] ?? "";
}

/** These would point git at another repository than the folder it is run in (git(1)). */
const repositoryVariable = /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE)$/;

function gitEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !repositoryVariable.test(name));
  return {
    ...Object.fromEntries(inherited),
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "true",
    SSH_ASKPASS: "true",
    GCM_INTERACTIVE: "never",
    GIT_SSH_COMMAND: process.env["GIT_SSH_COMMAND"] ?? "ssh -oBatchMode=yes",
    LC_ALL: "C",
  };
}

/** Addresses may carry a password: `https://user:secret@host`. */
function withoutCredentials(text: string): string {
  return text.replaceAll(/\/\/[^/\s@]+@/g, "//[redacted]@");
}
