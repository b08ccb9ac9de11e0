import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { chooseBucket } from "@headcount/domain/live/choose-bucket";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../platform/context.ts";
import { hasArchivedUsage } from "../usage/query/has-archived-usage.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type FittedRange = {
  readonly bucket: UsageBucket;
  readonly range: TimeRange;
  /** Another range that is shown in the same buckets. */
  readonly compared: TimeRange | null;
};

const quarterMs = 15 * 60_000;

/**
 * The buckets for a range. Of what was archived nothing finer than quarters of an hour is left, so a
 * range that would begin or end inside of one that holds some of it begins and ends with whole ones.
 * @param comparedWith what a range is compared with, if anything
 */
export async function fitToArchive(
  ctx: Ctx,
  range: TimeRange,
  comparedWith: (range: TimeRange) => TimeRange | null,
): Promise<FittedRange> {
  const compared = comparedWith(range);
  const shown = compared ? [range, compared] : [range];
  const finest = chooseBucket(range, "instants");
  const isFine = finest !== chooseBucket(range, "quarters");
  const { inside, cut } = await readArchived(ctx, {
    inside: isFine ? shown.map(wholeQuarters) : [],
    cut: shown.flatMap(cutQuarters),
  });
  const fitted = cut ? wholeQuarters(range) : range;
  return {
    bucket: inside ? chooseBucket(fitted, "quarters") : finest,
    range: fitted,
    compared: cut ? comparedWith(fitted) : compared,
  };
}

/** The smallest range of whole quarters of an hour around it. */
function wholeQuarters({ fromMs, toMs }: TimeRange): TimeRange {
  return {
    fromMs: Math.floor(fromMs / quarterMs) * quarterMs,
    toMs: Math.ceil(toMs / quarterMs) * quarterMs,
  };
}

/** The quarters of an hour inside of which it begins and ends. */
function cutQuarters({ fromMs, toMs }: TimeRange): readonly TimeRange[] {
  return [fromMs, toMs]
    .filter((atMs) => atMs % quarterMs !== 0)
    .map((atMs) => wholeQuarters({ fromMs: atMs, toMs: atMs }));
}

type Stretches = Readonly<Record<"inside" | "cut", readonly TimeRange[]>>;

/** Whether any of the stretches holds something that was archived. */
async function readArchived(
  ctx: Ctx,
  stretches: Stretches,
): Promise<Readonly<Record<keyof Stretches, boolean>>> {
  if (stretches.inside.length === 0 && stretches.cut.length === 0) {
    return { inside: false, cut: false };
  }
  const { sql } = ctx;
  const anyOf = (list: readonly TimeRange[]): Fragment =>
    list
      .map(({ fromMs, toMs }) =>
        hasArchivedUsage(ctx, { from: sql`${new Date(fromMs)}`, to: sql`${new Date(toMs)}` }),
      )
      .reduce((all, one) => sql`${all} or ${one}`, sql`false`);
  const [row] = await sql<{ inside: boolean; cut: boolean }[]>`
    select ${anyOf(stretches.inside)} as inside, ${anyOf(stretches.cut)} as cut`;
  return row ?? { inside: false, cut: false };
}
