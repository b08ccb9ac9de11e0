import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repositoryRoot = fileURLToPath(new URL("..", import.meta.url));

export type SourceFile = { readonly path: string; readonly text: string };

const skipped = new Set(["node_modules", "dist", "fixtures", ".git", ".cache", ".data", "canary"]);

/** Every file below a folder of the repository whose name ends so, with its text. Paths are relative. */
export function sourceFiles(folder: string, endings: readonly string[]): SourceFile[] {
  const absolute = path.join(repositoryRoot, folder);
  return readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const relative = path.join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(relative, endings);
    if (!endings.some((ending) => entry.name.endsWith(ending))) return [];
    return [{ path: relative, text: readFileSync(path.join(repositoryRoot, relative), "utf8") }];
  });
}

export function isTest(file: SourceFile): boolean {
  return /\.(test|fixture)\.ts$/.test(file.path) || file.path.includes("/testing/");
}
