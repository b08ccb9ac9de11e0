/** One measured figure beside its target and a naive way of doing the same, measured in the same run. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Bound that `value` is held to: at most for times and sizes, at least for rates; null for facts. */
  readonly target: number | null;
  readonly ok: boolean | null;
  readonly baseline: number | null;
  /** How many times better than the baseline; above 1 is better. */
  readonly ratio: number | null;
};

type Measured = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  readonly baseline: number | null;
};

/** A time or a size: smaller is better. */
export function atMost(measured: Measured): Figure {
  const { value, target, baseline } = measured;
  return {
    ...rounded(measured),
    ok: value <= target,
    ratio: baseline === null ? null : round(baseline / value),
  };
}

/** A rate: larger is better. */
export function atLeast(measured: Measured): Figure {
  const { value, target, baseline } = measured;
  return {
    ...rounded(measured),
    ok: value >= target,
    ratio: baseline === null ? null : round(value / baseline),
  };
}

/** A figure that is told and not held to anything. `better` says what a better one would be. */
export function fact(
  measured: Omit<Measured, "target"> & { readonly better: "smaller" | "larger" },
): Figure {
  const { better, ...told } = measured;
  const figure = better === "smaller" ? atMost : atLeast;
  return { ...figure({ ...told, target: 0 }), target: null, ok: null };
}

function rounded(measured: Measured): Measured {
  return {
    ...measured,
    value: round(measured.value),
    baseline: measured.baseline === null ? null : round(measured.baseline),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Prints a table for people, or the array for scripts when `--json` is given. */
export function printFigures(figures: readonly Figure[]): void {
  if (wantsJson()) {
    console.log(JSON.stringify(figures, null, 2));
    return;
  }
  const rows = figures.map((figure) => ({
    what: figure.name,
    measured: `${figure.value} ${figure.unit}`,
    target: figure.target ?? "–",
    ok: metOf(figure),
    naive: figure.baseline ?? "–",
    "× better": figure.ratio ?? "–",
  }));
  console.table(rows);
}

/**
 * npm writes two lines of its own before each script. It takes a `--json` without dashes in front
 * of it for itself: then they go to standard error, and the script finds the wish in its environment.
 */
function wantsJson(): boolean {
  return process.argv.includes("--json") || process.env["npm_config_json"] === "true";
}

function metOf({ ok }: Figure): string {
  if (ok === null) return "–";
  return ok ? "yes" : "no";
}

/** Says what is going on, on standard error, so that `--json` stays clean. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
