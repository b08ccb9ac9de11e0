import type { NewSkillFile } from "@headcount/contract/skills/schemas";
import {
  skillFileBytes,
  skillMostFiles,
  skillTotalBytes,
} from "@headcount/contract/skills/schemas";
import { findPathClash } from "@headcount/domain/skills/find-path-clash";
import { skillPathProblem } from "@headcount/domain/skills/skill-path";
import { AppError } from "../platform/app-error.ts";
import type { StoredFile } from "./store.ts";

/** @throws invalid when its path is unsafe or its content is no base64 */
export function toStoredFile(file: NewSkillFile): StoredFile {
  const { path, executable } = file;
  assertPath(path);
  if (file.encoding === "utf8") {
    return { path, executable, content: Buffer.from(file.content.toWellFormed(), "utf8") };
  }
  return { path, executable, content: decodeBase64(file.content) };
}

/** @throws invalid */
export function decodeBase64(text: string): Buffer {
  const content = Buffer.from(text, "base64");
  // Buffer skips what is not base64; such a file would be another than the one that was sent.
  const canonical = content.toString("base64").replace(/=+$/, "");
  if (canonical === text.replace(/=+$/, "")) return content;
  throw invalidFile("content", "is not base64", "The content is not base64.");
}

/** @throws invalid */
export function assertPath(path: string): void {
  const problem = skillPathProblem(path);
  if (problem === null) return;
  throw invalidFile("path", problem, `The path ${JSON.stringify(path).slice(0, 200)} ${problem}.`);
}

/** Limits and names of all files of a skill together. @throws invalid */
export function assertFiles(
  instructions: string,
  files: readonly { readonly path: string; readonly sizeBytes: number }[],
): void {
  const all = [{ path: "SKILL.md", sizeBytes: Buffer.byteLength(instructions) }, ...files];
  if (all.length > skillMostFiles) {
    throw invalidFile(
      "files",
      "are too many",
      `A skill may have ${skillMostFiles} files; this one has ${all.length}.`,
    );
  }
  const large = all.find((file) => file.sizeBytes > skillFileBytes);
  if (large) {
    throw invalidFile(
      "files",
      "are too large",
      `${large.path} is larger than 1 MiB; make it smaller.`,
    );
  }
  const sum = all.reduce((bytes, file) => bytes + file.sizeBytes, 0);
  if (sum > skillTotalBytes) {
    throw invalidFile("files", "are too large", "The files are larger than 8 MiB; remove some.");
  }
  const clash = findPathClash(all.map(({ path }) => path));
  if (clash) {
    throw invalidFile(
      "files",
      "clash",
      `${clash[0]} and ${clash[1]} would be one file on some machines; rename one of them.`,
    );
  }
}

function invalidFile(path: string, problem: string, message: string): AppError {
  return new AppError("invalid", message, {
    reason: "validation",
    details: { fields: [{ path, message: problem }] },
  });
}
