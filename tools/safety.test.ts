import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { changeTypes } from "@headcount/contract/realtime/changes";
import { allRoutes } from "@headcount/contract/routes";
import { isTest, repositoryRoot, sourceFiles } from "./source-files.ts";

const serverFiles = sourceFiles("apps/server/src", [".ts"]).filter((file) => !isTest(file));

/** Tables that the kit itself writes, for every slice alike. */
const kitTables = new Set([
  "changes",
  "workspace_counters",
  "audit_entries",
  "idempotency_keys",
  "job_runs",
]);

describe("the shape of the repository", () => {
  it("each table is written by one file of one slice, its store", () => {
    const writers = new Map<string, Set<string>>();
    const outsideStore: string[] = [];
    for (const file of serverFiles) {
      for (const [, table = ""] of file.text.matchAll(
        /\b(?:insert into|delete from|update)\s+([a-z_]+)\s+(?:set|\(|where|using|as\b)/g,
      )) {
        if (kitTables.has(table)) continue;
        writers.set(table, (writers.get(table) ?? new Set()).add(file.path));
        if (!/\/store(-[a-z-]+)?\.ts$/.test(file.path) && !file.path.includes("/platform/")) {
          outsideStore.push(`${file.path} writes ${table}`);
        }
      }
    }
    const shared = [...writers]
      .filter(([, files]) => files.size > 1)
      .map(([table, files]) => `${table}: ${[...files].join(", ")}`);
    expect(shared.filter((line) => !line.includes("platform"))).toEqual([]);
    expect(outsideStore).toEqual([]);
  });

  it("INV-13 one function inserts tasks, and everything that makes work goes through it", () => {
    const callersOf = (call: RegExp): readonly string[] =>
      serverFiles.filter((file) => call.test(file.text)).map((file) => path.basename(file.path));
    expect(callersOf(/\binsert into tasks\b/)).toEqual(["store-tasks.ts"]);
    expect(callersOf(/\bawait insertTask\(/)).toEqual(["insert-queued.ts"]);
    expect(callersOf(/\b(?:await|return) insertQueued\(/)).toEqual(["enqueue-task.ts"]);
  });

  it("slices take time and ids from their context, and select named columns", () => {
    const problems = serverFiles
      .filter(
        (file) =>
          !/\/(platform|realtime|testing)\//.test(file.path) && file.path.split("/").length > 4,
      )
      .flatMap((file) => [
        ...(/randomUUID\(/.test(file.text) ? [`${file.path}: randomUUID`] : []),
        ...(/new Date\(\)/.test(file.text) ? [`${file.path}: new Date()`] : []),
        ...(/select \*/i.test(file.text) ? [`${file.path}: select *`] : []),
      ]);
    expect(problems).toEqual([]);
  });

  it("the environment is read in few places", () => {
    const allowed = /(config|main|local-daemon|environment|profile|start-daemon|home)[a-z-]*\.ts$/;
    const readers = sourceFiles("apps/server/src", [".ts"])
      .filter((file) => !isTest(file) && /process\.env/.test(file.text) && !allowed.test(file.path))
      .map((file) => file.path);
    expect(readers).toEqual([]);
  });

  it("the pure core reads no clock and makes no randomness", () => {
    const problems = sourceFiles("packages/domain/src", [".ts"])
      .filter((file) => !isTest(file))
      .filter((file) =>
        /Date\.now\(|new Date\(\)|Math\.random|randomUUID|performance\.now/.test(file.text),
      )
      .map((file) => file.path);
    expect(problems).toEqual([]);
  });

  it("migrations have unique numbers and say why and whether they break", () => {
    const names = readdirSync(path.join(repositoryRoot, "apps/server/migrations")).toSorted();
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
    for (const name of names) {
      const text = readFileSync(path.join(repositoryRoot, "apps/server/migrations", name), "utf8");
      expect(text).toMatch(/^-- Why: .+\n-- breaking: (yes|no)\n/);
    }
  });

  it("route names and paths are unique, and change types read noun.verb", () => {
    expect(new Set(allRoutes.map((route) => route.name)).size).toBe(allRoutes.length);
    expect(new Set(allRoutes.map((route) => `${route.method} ${route.path}`)).size).toBe(
      allRoutes.length,
    );
    for (const type of changeTypes) expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/);
  });

  it("paths that documents name exist", () => {
    const documents = [
      ...["README.md", "CONTRIBUTING.md", "STYLE.md"]
        .filter((name) => existsSync(path.join(repositoryRoot, name)))
        .map((name) => ({
          path: name,
          text: readFileSync(path.join(repositoryRoot, name), "utf8"),
        })),
      ...sourceFiles("docs", [".md"]),
    ];
    const missing = documents.flatMap((document) =>
      [
        ...document.text.matchAll(
          /`((?:apps|packages|tools|docs|scripts|bench|bin|tests)\/[\w./-]+)`/g,
        ),
      ]
        .map((match) => match[1] ?? "")
        .filter((name) => !existsSync(path.join(repositoryRoot, name)))
        .map((name) => `${document.path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("nothing is switched off without a word", () => {
    const silent = [
      ...sourceFiles("apps", [".ts", ".tsx"]),
      ...sourceFiles("packages", [".ts", ".tsx"]),
    ].flatMap((file) =>
      file.text
        .split("\n")
        .filter(
          (line) =>
            /@ts-(ignore|nocheck)|\.only\(|describe\.skip\(|it\.skip\(/.test(line) ||
            /oxlint-disable(?!.*--\s*\S)/.test(line),
        )
        .map((line) => `${file.path}: ${line.trim()}`),
    );
    expect(silent).toEqual([]);
  });
});
