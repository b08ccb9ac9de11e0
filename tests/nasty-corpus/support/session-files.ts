import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { usageImport } from "@headcount/contract/usage/import-routes";
import { readSessionFile } from "@headcount/session-files/read-session-file";
import { createReadingReport } from "@headcount/session-files/reading-report";
import { sessionClis } from "@headcount/session-files/session-clis";
import type { SessionCliId, SessionUsage } from "@headcount/session-files/session-usage";
import type { Books } from "../../support/books/open-books.ts";

const fixtures = new URL("../../../packages/session-files/fixtures/", import.meta.url);

type ServedCall = {
  readonly rule: string;
  readonly model: string;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
};

export type ServedSum = {
  readonly input: number;
  readonly cacheRead: number;
  readonly output: number;
  readonly reasoning: number;
};

/**
 * What the model server has served while the CLI wrote its files, per model. Side requests stand in
 * no file; where a provider has no word for cache writes, they are plain input.
 */
export function servedToSessions(cli: SessionCliId): ReadonlyMap<string, ServedSum> {
  const meta = new URL(`${cli}/meta.json`, fixtures);
  const { calls } = JSON.parse(readFileSync(meta, "utf8")) as { calls: readonly ServedCall[] };
  const sums = new Map<string, ServedSum>();
  for (const call of calls) {
    if (call.rule === "side request") continue;
    const sum = sums.get(call.model) ?? { input: 0, cacheRead: 0, output: 0, reasoning: 0 };
    sums.set(call.model, {
      input: sum.input + call.input + call.cacheWrite,
      cacheRead: sum.cacheRead + call.cacheRead,
      output: sum.output + call.output,
      reasoning: sum.reasoning + call.reasoning,
    });
  }
  return sums;
}

/** Imports the files that a CLI wrote, each as if there were no other. */
export async function importFileByFile(
  { test }: Books,
  cli: SessionCliId,
  order: "as found" | "the other way round",
): Promise<void> {
  const home = fileURLToPath(new URL(`${cli}/home`, fixtures));
  const found = await sessionClis[cli].find({ home, environment: {} });
  const report = createReadingReport();
  for (const file of order === "as found" ? found : found.toReversed()) {
    const usages: SessionUsage[] = [];
    for await (const usage of readSessionFile(file, report)) usages.push(usage);
    const { results } = await test.alice.call(usageImport.import, {
      workspace: "acme",
      cli,
      records: usages.map(({ isCopy: _isCopy, billing, ...call }) => ({
        ...call,
        billing: billing ?? ("api" as const),
      })),
    });
    expect(results.filter((result) => result.result === "rejected")).toEqual([]);
  }
}
