import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Files below the folder that contain one of the texts, as paths below it. */
export function filesWith(folder: string, texts: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file, "latin1");
      return texts.some((text) => content.includes(text));
    })
    .map((file) => path.relative(folder, file));
}
