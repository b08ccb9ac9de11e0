import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, objectAt, parseJsonObject, type JsonObject } from "../core/json.ts";
import type { UsageTotals } from "../core/types.ts";

const root = join(import.meta.dirname, "../../fixtures/transcripts");

/** Tokens of one model in the four classes that a provider charges. */
export type ServedTokens = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
};

export type Transcript = {
  readonly text: string;
  readonly stderr: string;
  readonly exit: { readonly code: number | null; readonly signal: string | null };
  /** What the model server served, broken-off replies left out. */
  readonly served: Readonly<Record<string, ServedTokens>>;
};

/** Names of all recordings of a folder, such as `success` or `success.both-ways`. */
export function transcriptNames(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => name.slice(0, -".jsonl".length))
    .toSorted();
}

/** Reads one recording with what is known about it. */
export function readTranscript(folder: string, name: string): Transcript {
  const base = name.replace(/\.both-ways$/, "");
  const meta = parseJsonObject(read(folder, `${base}.meta.json`)) ?? {};
  const exit = objectAt(meta, "exit");
  const stderrFile = `${base}.stderr.txt`;
  return {
    text: read(folder, `${name}.jsonl`),
    stderr: existsSync(join(root, folder, stderrFile)) ? read(folder, stderrFile) : "",
    exit: {
      code: typeof exit["code"] === "number" ? exit["code"] : null,
      signal: typeof exit["signal"] === "string" ? exit["signal"] : null,
    },
    served: servedTokens(objectAt(meta, "served_by_model")),
  };
}

/** Sums usage per model over roles and cache lives, as a model server counts. */
export function tokensByModel(
  usage: readonly Omit<UsageTotals, "provider">[],
): Readonly<Record<string, ServedTokens>> {
  const result: Record<string, ServedTokens> = {};
  for (const entry of usage) {
    const before = result[entry.model] ?? { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };
    result[entry.model] = {
      input: before.input + entry.input,
      cacheRead: before.cacheRead + entry.cacheRead,
      cacheWrite: before.cacheWrite + entry.cacheWrite5m + entry.cacheWrite1h,
      output: before.output + entry.output,
    };
  }
  return result;
}

function read(folder: string, file: string): string {
  return readFileSync(join(root, folder, file), "utf8");
}

function servedTokens(byModel: JsonObject): Readonly<Record<string, ServedTokens>> {
  const entries = Object.entries(byModel).flatMap(([model, counts]) =>
    isJsonObject(counts) ? [[model, fourClasses(counts)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function fourClasses(counts: JsonObject): ServedTokens {
  const count = (name: string): number => Number(counts[name] ?? 0);
  return {
    input: count("input"),
    cacheRead: count("cacheRead"),
    cacheWrite: count("cacheWrite"),
    output: count("output"),
  };
}
