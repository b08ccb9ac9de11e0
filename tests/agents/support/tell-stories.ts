import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import { type Product, workspace } from "../../support/start-product.ts";
import type { AgentCase } from "./agent-case.ts";
import { type AgentStage, type DrivenCli, startAgentStage } from "./agent-stage.ts";
import type { StatedCoverage } from "./stated-coverage.ts";

export type Story = {
  readonly case: AgentCase;
  /** What this CLI can know of the tokens in it. */
  readonly coverage: StatedCoverage;
};

/** Plays every story with one CLI, on one product, and prints what came of each. */
export function tellStories(cli: DrivenCli, stories: readonly Story[]): void {
  describe(`real ${cli}, driven by the whole product`, () => {
    let stage: AgentStage | null = null;
    let missing = "";
    const table: string[] = [];
    beforeAll(async () => {
      const started = await startAgentStage(cli);
      if ("unavailable" in started) missing = started.unavailable;
      else stage = started;
    });
    afterAll(async () => {
      await stage?.[Symbol.asyncDispose]();
      if (table.length > 0) console.log(table.join("\n"));
    });

    it.for(stories)("$case.title", async ({ case: { title, play }, coverage }, context) => {
      if (stage === null) return context.skip(missing);
      const { product, model } = stage;
      context.onTestFailed(async () => {
        console.log(`daemon:\n${product.daemon().output()}`);
        console.log(`server:\n${product.server().output()}`);
        console.log(`model server: ${JSON.stringify(model.requests(), null, 1)}`);
        await cancelWhatRuns(product);
      });
      const startedAt = performance.now();
      await play(stage, coverage);
      // Every scripted answer was asked for.
      expect(model.unused()).toEqual([]);
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      table.push(`${cli.padEnd(8)}${title.padEnd(48)}${coverage.level.padEnd(9)}${seconds} s`);
    });
  });
}

const unfinished = ["deferred", "queued", "dispatched", "waiting_directory", "running"] as const;

/** What a failed story left running would ask for the answers of the next one. */
async function cancelWhatRuns(product: Product): Promise<void> {
  const { items } = await product.call(tasks.list, { workspace, status: [...unfinished] });
  for (const { id } of items) await product.call(tasks.cancel, { workspace, taskId: id });
}
