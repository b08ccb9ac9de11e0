import { expect } from "vitest";
import { readDaemonStatus } from "@headcount/daemon/control/control-client";
import type { TaskId } from "@headcount/contract/kit/ids";
import { usage } from "@headcount/contract/usage/routes";
import type { TokenTotals } from "@headcount/contract/usage/schemas";
import { servedByModel } from "@headcount/testkit/fake-model/served-by-model";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, workspace } from "../../support/start-product.ts";
import type { AgentStage } from "./agent-stage.ts";

const classes = [
  "input",
  "cacheRead",
  "cacheWrite5m",
  "cacheWrite1h",
  "output",
  "reasoning",
] as const;
type TokenClass = (typeof classes)[number];
type Tokens = Readonly<Record<TokenClass, number>>;
export type TokensByModel = Readonly<Record<string, Tokens>>;

/**
 * What the model server has served in full since its scenario was set, in the classes that this
 * CLI is told. What its rows state as lost is left out, by the names of the rules.
 */
export function servedTokens(
  { model, profile }: AgentStage,
  lost: readonly string[] = [],
): TokensByModel {
  const known = model.requests().filter(({ rule }) => !lost.includes(String(rule)));
  const entries = Object.entries(servedByModel(known)).map(([name, served]) => {
    const { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning } = served;
    const isTold = profile.cacheWrites === "told";
    const tokens: Tokens = {
      input: isTold ? input : input + cacheWrite + cacheWrite1h,
      cacheRead,
      cacheWrite5m: isTold ? cacheWrite : 0,
      cacheWrite1h: isTold ? cacheWrite1h : 0,
      output,
      reasoning,
    };
    return [name, tokens] as const;
  });
  return Object.fromEntries(entries);
}

/** What the ledger has under these tasks. */
export async function bookedTokens(
  product: Product,
  taskIds: readonly TaskId[],
): Promise<TokensByModel> {
  const booked: Record<string, Tokens> = {};
  for (const taskId of taskIds) {
    const { byModel } = await product.call(usage.task, { workspace, taskId });
    for (const row of byModel) {
      booked[row.model] = sumOf(booked[row.model], row.usage.tokens);
    }
  }
  return booked;
}

function sumOf(before: Tokens | undefined, tokens: TokenTotals): Tokens {
  const sum = (name: TokenClass): number => (before?.[name] ?? 0) + Number(tokens[name]);
  return Object.fromEntries(classes.map((name) => [name, sum(name)])) as Tokens;
}

/** Waits until the daemon holds no task and has nothing left to tell; nothing was refused. */
export async function daemonIsQuiet({ product }: AgentStage): Promise<void> {
  const quiet = await waitFor(
    async () => {
      const status = await readDaemonStatus(product.daemonDirectory);
      return status !== null && status.tasks.length === 0 && status.outbox.depth === 0 && status;
    },
    { describe: "a daemon with nothing to do and nothing to tell", timeoutMs: 30_000 },
  );
  expect(quiet.rejected).toEqual([]);
}

/** Every rollup is what the ledger says. */
export async function booksAgree(product: Product): Promise<void> {
  const verified = await product.call(usage.verify, { workspace });
  expect(verified.differences).toEqual([]);
}
