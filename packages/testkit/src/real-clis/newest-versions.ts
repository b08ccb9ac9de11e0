import { runProgram } from "./run-program.ts";
import { withOwnNodeFirst } from "./install-version.ts";

const LOOK_UP_TIMEOUT_MS = 60_000;

/** The newest released versions of a package, newest first; none when the registry has no answer. */
export async function newestVersions(
  packageName: string,
  limit: number,
  cwd: string,
): Promise<readonly string[]> {
  const words = ["view", packageName, "versions", "--json", "--loglevel=error"];
  const options = { cwd, env: withOwnNodeFirst(), timeoutMs: LOOK_UP_TIMEOUT_MS };
  const run = await runProgram("npm", words, options);
  if (run.exitCode !== 0) return [];
  const answer: unknown = JSON.parse(run.stdout);
  const versions = Array.isArray(answer) ? answer.map(String) : [String(answer)];
  return versions
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
    .toSorted(compareVersions)
    .slice(-limit)
    .toReversed();
}

/** Orders plain versions (three numbers) from old to new. */
export function compareVersions(left: string, right: string): number {
  const rightParts = right.split(".").map(Number);
  for (const [index, part] of left.split(".").map(Number).entries()) {
    const difference = part - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
