import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Rolldown } from "vite";
import { firstRoute } from "../../apps/web/first-route.ts";

const root = path.join(import.meta.dirname, "../..");
export const firstLoadLimitBytes = 200_000;

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset;

/** Builds the browser app in memory; nothing is written. */
async function buildApp(): Promise<readonly Output[]> {
  const { build } = await import("vite");
  const result = await build({
    root: path.join(root, "apps/web"),
    logLevel: "error",
    build: { write: false },
  });
  if (Array.isArray(result)) return result.flatMap(({ output }) => output);
  if ("output" in result) return result.output;
  throw new Error("vite watches instead of building.");
}

/** Every file the board needs before its first card: scripts with all they import, and style sheets. */
function neededFor(outputs: readonly Output[]): readonly Output[] {
  const chunks = outputs.filter((output) => output.type === "chunk");
  const needed = new Set<Output>();
  const add = (chunk: Rolldown.OutputChunk): void => {
    if (needed.has(chunk)) return;
    needed.add(chunk);
    for (const name of chunk.imports) {
      const imported = chunks.find(({ fileName }) => fileName === name);
      if (imported) add(imported);
    }
  };
  for (const chunk of chunks) {
    const opensFirst = firstRoute.some((file) => chunk.facadeModuleId?.endsWith(file));
    if (chunk.isEntry || opensFirst) add(chunk);
  }
  for (const output of outputs) if (output.fileName.endsWith(".css")) needed.add(output);
  return [...needed];
}

/** Bytes that cross the wire, gzipped. */
function gzippedBytes(output: Output): number {
  return gzipSync(output.type === "chunk" ? output.code : output.source, { level: 9 }).length;
}

/** Bytes of minified source by package or folder of ours, largest first. */
function sharesOf(outputs: readonly Output[]): readonly (readonly [string, number])[] {
  const shares = new Map<string, number>();
  for (const output of outputs) {
    if (output.type !== "chunk") continue;
    for (const [id, module] of Object.entries(output.modules)) {
      const owner = ownerOf(id);
      shares.set(owner, (shares.get(owner) ?? 0) + module.renderedLength);
    }
  }
  return [...shares].toSorted(([, a], [, b]) => b - a);
}

function ownerOf(id: string): string {
  const library = id.split("node_modules/").at(-1) ?? id;
  if (library !== id) {
    const [scope = "", name = ""] = library.split("/");
    return scope.startsWith("@") ? `${scope}/${name}` : scope;
  }
  return path.dirname(path.relative(root, id));
}

/** Bytes of script and style, gzipped, that a browser fetches before the first card of a board. */
export async function firstLoadBytes(): Promise<number> {
  return neededFor(await buildApp()).reduce((sum, output) => sum + gzippedBytes(output), 0);
}

async function printFirstLoad(): Promise<void> {
  const needed = neededFor(await buildApp());
  const sizes = needed.map((output) => [output.fileName, gzippedBytes(output)] as const);
  const lines = (rows: readonly (readonly [string, number])[]): string =>
    rows.map(([name, bytes]) => `${String(bytes).padStart(8)}  ${name}\n`).join("");
  process.stdout.write(lines(sizes.toSorted(([, a], [, b]) => b - a)));
  if (process.argv.includes("--shares")) {
    process.stdout.write(`\nBefore minifying and gzip:\n${lines(sharesOf(needed))}\n`);
  }
  const totalBytes = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  process.stdout.write(lines([[`together (at most ${firstLoadLimitBytes})`, totalBytes]]));
  process.exitCode = totalBytes > firstLoadLimitBytes ? 1 : 0;
}

if (import.meta.main) await printFirstLoad();
