import { expect, it } from "vitest";
import { sourceFiles } from "./source-files.ts";

/** Limits in the ways in which a test is given one: as its options, and after its function. */
const fixedLimits = [
  /\{ timeout: [\d_]{4,}\b/,
  /^\s*\}, [\d_]{4,}\);$/m,
  /^\s+\},\n\s+[\d_]{4,},\n/m,
];

it("no test has a time limit of its own that is the same however slow its machine is", () => {
  const fixed = ["apps", "packages", "tests", "tools"]
    .flatMap((folder) => sourceFiles(folder, [".test.ts", ".test.tsx"]))
    .filter(({ text }) => fixedLimits.some((limit) => limit.test(text)))
    .map(({ path }) => path);
  // Limits are `patientMs(…)` of @headcount/testkit/patience.
  expect(fixed).toEqual([]);
});
