/** How a metric is named, explained and told apart. No ids in labels: they would grow without end. */
type Definition = {
  readonly help: string;
  readonly labels: readonly string[];
};

/** Numbers that only grow. */
export const counters = {
  headcount_usage_events_total: {
    help: "Usage records by what became of them: stored, duplicate, corrected, rejected.",
    labels: ["result"],
  },
  headcount_usage_unpriced_events_total: {
    help: "Usage events that were booked with tokens that no price covers.",
    labels: [],
  },
  headcount_usage_unpriced_tokens_total: {
    help: "Tokens that were booked without a price; they count as tokens, never as $0.",
    labels: [],
  },
} as const satisfies Readonly<Record<string, Definition>>;

/** Amounts whose distribution matters. `bounds` are the upper ends of their classes. */
export const histograms = {
  headcount_http_request_seconds: {
    help: "Time from a request's arrival to its answer, by route and class of status. Long polls wait.",
    labels: ["route", "status"],
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  headcount_group_commit_seconds: {
    help: "Time from handing work over to its commit, by work. `usage.book` is the booking of usage.",
    labels: ["work"],
    bounds: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  },
  headcount_group_commit_items: {
    help: "Items that one transaction did together, by work. For `usage.book`: events of a batch.",
    labels: ["work"],
    bounds: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500],
  },
  headcount_usage_fold_seconds: {
    help: "Time of one transaction that moves the tail of a workspace into its sums.",
    labels: [],
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  headcount_job_seconds: {
    help: "Time of a run of a background job, by job and result.",
    labels: ["job", "result"],
    bounds: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600],
  },
} as const satisfies Readonly<Record<string, Definition & { readonly bounds: readonly number[] }>>;

type LabelsOf<D extends Definition> = Readonly<Record<D["labels"][number], string>>;

/** Where the server's parts leave what they count. Never throws, never waits. */
export type Metrics = {
  count<N extends keyof typeof counters>(
    name: N,
    amount: number,
    labels: LabelsOf<(typeof counters)[N]>,
  ): void;
  observe<N extends keyof typeof histograms>(
    name: N,
    value: number,
    labels: LabelsOf<(typeof histograms)[N]>,
  ): void;
};

/** Metrics are off unless an address for them is stated. */
export const noMetrics: Metrics = { count: () => {}, observe: () => {} };
