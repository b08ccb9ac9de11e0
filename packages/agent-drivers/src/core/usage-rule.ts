/** How a CLI's own figures become disjoint classes of tokens of one run. */
export type UsageRule = {
  /** Name of the place the figures come from; stored with every observation. */
  readonly source: string;
  /**
   * `call`: one figure per model call. `process`: totals since the process started. `session`:
   * totals that continue over resumed sessions and need a baseline. `none`: nothing reported.
   */
  readonly accumulation: "call" | "process" | "session" | "none";
  /** Which cached classes the CLI's "input" contains. */
  readonly inputIncludes: readonly ("cacheRead" | "cacheWrite")[];
  readonly outputExcludesReasoning: boolean;
  /** Provider when the CLI never says it, lower case. */
  readonly provider: string | null;
  /** What the figures leave out even when everything goes well, as one sentence; null when exact. */
  readonly gap: string | null;
};
