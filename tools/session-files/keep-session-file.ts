import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** Copies a file without the recorder's own folders and without long texts: those are not ours to publish. */
export async function keepSessionFile(from: string, to: string, place: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (from.endsWith(".db")) return keepDatabase(from, to, place);
  const text = await readFile(from, "utf8");
  const lines = from.endsWith(".json") ? [text] : text.split("\n").filter((line) => line !== "");
  const kept = lines.map((line) => JSON.stringify(shortened(JSON.parse(line) as unknown)));
  await writeFile(to, scrubbed(`${kept.join("\n")}\n`, place));
}

/** Only the tables and columns that say what was used. */
async function keepDatabase(from: string, to: string, place: string): Promise<void> {
  await cp(from, `${to}.copy`);
  await cp(`${from}-wal`, `${to}.copy-wal`);
  {
    using database = new DatabaseSync(`${to}.copy`);
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
    database.exec("pragma foreign_keys = off");
    for (const { name } of tables) {
      if (!/^(session|message|part|sqlite_.*)$/.test(String(name))) {
        database.exec(`drop table "${String(name)}"`);
      }
    }
    for (const [table, column] of [
      ["session", "directory"],
      ["session", "path"],
      ["message", "data"],
      ["part", "data"],
    ]) {
      for (const ours of [place, root]) {
        database
          .prepare(`update ${table} set ${column} = replace(${column}, ?, '/machine')`)
          .run(ours);
      }
    }
    database.exec("update session set permission = null, path = null");
    database.prepare("vacuum into ?").run(to);
  }
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${to}.copy${suffix}`, { force: true });
}

const longestText = 160;
const longestList = 12;

function shortened(value: unknown): unknown {
  if (typeof value === "string") {
    const isProse = /\s/.test(value) || value.length > 400;
    return isProse && value.length > longestText ? `${value.slice(0, 40)}…` : value;
  }
  if (Array.isArray(value)) return value.slice(0, longestList).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

/** Takes the recorder's own folder out of a text or a path. */
export function scrubbed(content: string, place: string): string {
  const encoded = place.replaceAll(/[^A-Za-z0-9]/g, "-");
  const dotted = place.slice(1).replaceAll("/", "-");
  return content
    .replaceAll(place, "/machine")
    .replaceAll(encoded, "-machine")
    .replaceAll(dotted, "machine")
    .replaceAll(root, "/machine");
}
