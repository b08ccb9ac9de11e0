import type { OutcomeGrouping } from "@headcount/contract/usage/outcome-schemas";

/** A run of one hour, for one issue. */
export type Work = {
  readonly issue: number;
  readonly hour: number;
  /** Where it belongs, apart from its models. */
  readonly dimensions: Readonly<Record<"agent" | "project" | "runtime" | "member", string | null>>;
  /** Tokens of each model; no two of them alike, so that one is used most. */
  readonly models: readonly {
    readonly provider: string;
    readonly model: string;
    readonly tokens: number;
  }[];
};

/** Something that came of the work on its issues: one done, or a pull request merged. */
export type Result = { readonly hour: number; readonly issues: readonly number[] };

export type PlainSums = {
  readonly count: number;
  readonly tokens: number;
  readonly tasks: number;
  readonly runTimeMs: number;
};

type Part = {
  readonly work: Work;
  readonly keys: Readonly<Record<OutcomeGrouping, string | null>>;
  readonly tokens: number;
  readonly tasks: number;
};

export type PlainQuestion = {
  /** Hours; the end is not in it. */
  readonly from: number;
  readonly to: number;
  /** Only what has this value there; everything where null. */
  readonly only: { readonly grouping: OutcomeGrouping; readonly value: string | null } | null;
};

/** What results took, from the lists of what happened: no tables, no sums of sums, no SQL. */
export function plainResults(
  works: readonly Work[],
  results: readonly Result[],
  { from, to, only }: PlainQuestion,
): PlainSums {
  const parts = works
    .flatMap(partsOf)
    .filter(({ keys }) => only === null || keys[only.grouping] === only.value);
  const inRange = results.filter(({ hour }) => from <= hour && hour < to);
  const counted = inRange.filter((result) => parts.some(({ work }) => isFor(work, result)));
  const owned = parts.filter(({ work }) => {
    const owner = ownerOf(work, results);
    return owner !== null && inRange.includes(owner);
  });
  const tasks = owned.reduce((sum, part) => sum + part.tasks, 0);
  return {
    count: counted.length,
    tokens: owned.reduce((sum, part) => sum + part.tokens, 0),
    tasks,
    runTimeMs: tasks * 3_600_000,
  };
}

/** All values that a grouping tells apart. */
export function plainValues(works: readonly Work[], grouping: OutcomeGrouping): Set<string | null> {
  return new Set(works.flatMap(partsOf).map(({ keys }) => keys[grouping]));
}

/** A run is counted under the model that it used most, its tokens under each of them. */
function partsOf(work: Work): readonly Part[] {
  const [main] = work.models.toSorted((left, right) => right.tokens - left.tokens);
  const keysOf = (used: { readonly provider: string; readonly model: string | null }) => ({
    ...work.dimensions,
    ...used,
  });
  return [
    ...work.models.map(({ provider, model, tokens }) => ({
      work,
      keys: keysOf({ provider, model }),
      tokens,
      tasks: 0,
    })),
    {
      work,
      keys: keysOf({ provider: main?.provider ?? "unknown", model: main?.model ?? null }),
      tokens: 0,
      tasks: 1,
    },
  ];
}

const isFor = ({ issue, hour }: Work, result: Result): boolean =>
  result.issues.includes(issue) && hour < result.hour;

/** The first result of its issue after it began. */
function ownerOf(work: Work, results: readonly Result[]): Result | null {
  let first: Result | null = null;
  for (const result of results) {
    if (isFor(work, result) && (first === null || result.hour < first.hour)) first = result;
  }
  return first;
}
