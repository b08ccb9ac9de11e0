import { parseArgs } from "node:util";

export type UsageBenchOptions = {
  /** Sizes of the histories, ascending; most is measured on the last one. */
  readonly events: readonly number[];
  /** Of each measurement of ingest. */
  readonly seconds: number;
  /** Of the two measurements that have a target. */
  readonly sustainedSeconds: number;
  /** `full` measures every number of clients with every size of batch. */
  readonly matrix: "full" | "short";
  /** How often each question is asked. */
  readonly rounds: number;
};

/** Small enough for every run of the tests; the figures with targets need the sizes below. */
export const quickOptions: UsageBenchOptions = {
  events: [200_000],
  seconds: 2,
  sustainedSeconds: 5,
  matrix: "short",
  rounds: 3,
};

/** `--quick` is for CI: fewer events and seconds. `--events 1000000` loads that many alone. */
export function readOptions(): UsageBenchOptions {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      events: { type: "string", multiple: true },
    },
  });
  const wanted = values.events?.map(Number).toSorted((a, b) => a - b);
  if (wanted?.some((count) => !Number.isInteger(count) || count < 50_000)) {
    throw new Error("--events takes a whole number of at least 50000, and may be repeated.");
  }
  if (values.quick) return wanted ? { ...quickOptions, events: wanted } : quickOptions;
  const events = wanted ?? [1_000_000, 10_000_000];
  return { events, seconds: 3, sustainedSeconds: 15, matrix: "full", rounds: 5 };
}
