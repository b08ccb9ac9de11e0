import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { asSystem } from "../testing/as-system.ts";
import type { AddedTask } from "../testing/add-task.ts";
import type { TestApp } from "../testing/test-app.ts";
import { book, type RecordToReport, usageOf } from "../usage/ledger/usage.fixture.ts";
import { bucketPoints, hourTier, rollupPoints } from "../usage/rollups/points.ts";
import { findUsageDifferences } from "../usage/verify/find-differences.ts";

export type RuntimeSums = {
  readonly input: bigint;
  readonly output: bigint;
  readonly tasksDone: bigint;
};

type Row = { runtimeId: RuntimeId | null; input: string; output: string; tasksDone: string };

/** What the sums of a workspace say, per runtime and in all. */
export type RuntimeBooks = {
  readonly total: RuntimeSums;
  /** Undefined for a runtime to which nothing is booked. */
  ofRuntime(id: RuntimeId): RuntimeSums | undefined;
};

/** Ways to use tokens on a runtime and to look at what is booked to whom. */
export function booksOf(test: TestApp): {
  book(task: AddedTask, record: RecordToReport): Promise<void>;
  read(): Promise<RuntimeBooks>;
  differences(): Promise<readonly unknown[]>;
} {
  const inSnapshot = <T>(run: (ctx: WorkspaceContext) => Promise<T>): Promise<T> =>
    asSystem(test, run, "read");
  return {
    async book(task, record) {
      const [answer] = await book(test, [usageOf(task, record)]);
      if (answer?.result !== "stored") throw new Error(`Not stored: ${JSON.stringify(answer)}`);
    },
    read: () => inSnapshot(readBooks),
    differences: () => inSnapshot((ctx) => findUsageDifferences(ctx)),
  };
}

async function readBooks(ctx: WorkspaceContext): Promise<RuntimeBooks> {
  const dayMs = 24 * 3_600_000;
  const to = new Date(Math.ceil(ctx.now.getTime() / dayMs) * dayMs);
  const from = new Date(to.getTime() - 30 * dayMs);
  const perRuntime = bucketPoints(ctx, { from, to }, new Set(["usage", "task"]));
  const whole = rollupPoints(ctx, {
    pivot: "total",
    tier: hourTier,
    from,
    to,
    figures: ["input", "output", "tasks_done"],
    times: "together",
  });
  const figures = ctx.sql`coalesce(sum(input), 0)::text as input,
    coalesce(sum(output), 0)::text as output, coalesce(sum(tasks_done), 0)::text as tasks_done`;
  const rows = await ctx.sql<Row[]>`
    select runtime_id, ${figures} from ${perRuntime} p group by runtime_id`;
  const [total] = await ctx.sql<Row[]>`select null as runtime_id, ${figures} from ${whole} p`;
  return {
    total: toSums(total),
    ofRuntime: (id) => {
      const sums = toSums(rows.find((row) => row.runtimeId === id));
      return Object.values(sums).some((figure) => figure !== 0n) ? sums : undefined;
    },
  };
}

const toSums = (row: Row | undefined): RuntimeSums => ({
  input: BigInt(row?.input ?? 0),
  output: BigInt(row?.output ?? 0),
  tasksDone: BigInt(row?.tasksDone ?? 0),
});
