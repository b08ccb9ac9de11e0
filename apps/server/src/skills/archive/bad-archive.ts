import { AppError } from "../../platform/app-error.ts";

export function badArchive(message: string, cause?: unknown): AppError {
  return new AppError("invalid", message, { reason: "skill.bad_archive", cause });
}
