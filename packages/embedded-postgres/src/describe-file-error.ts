import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

const notWritable = new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOENT", "EISDIR"]);

/** Turns a failed write below `directory` into an error a person can act on; other errors pass through. */
export function describeFileError(error: unknown, directory: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(directory, error);
  if (typeof code === "string" && notWritable.has(code)) {
    return new EmbeddedPostgresError(
      "data_directory_not_writable",
      {
        message: `The data directory ${directory} cannot be written to (${code}).`,
        nextStep: "Give this user write access to it, or choose another one with --data-dir.",
      },
      { cause: error },
    );
  }
  return error;
}

export function diskFull(directory: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    "disk_full",
    {
      message: `The disk that holds ${directory} is full.`,
      nextStep: "Free some space, or choose a directory on another disk with --data-dir.",
    },
    { cause },
  );
}
