/** First thing that looks like a version, from the first line that has one; null when none does. */
export function parseVersion(output: string): string | null {
  for (const line of output.split(/\r?\n/)) {
    const match = /(?<![\d.])v?(\d+\.\d+(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?)(?![\d.])/.exec(line);
    if (match?.[1] !== undefined) return match[1];
  }
  return null;
}

/** True when `version` is lower than `minimum`. A pre-release comes before its release. */
export function isOlder(version: string, minimum: string): boolean {
  const [left, right] = [parts(version), parts(minimum)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return left.preRelease && !right.preRelease;
}

function parts(version: string): {
  readonly numbers: readonly number[];
  readonly preRelease: boolean;
} {
  const [core = "", ...rest] = version.split("-");
  return { numbers: core.split(".").map(Number), preRelease: rest.length > 0 };
}
