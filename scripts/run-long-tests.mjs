// Fault, fuzz and property tests at length. HEADCOUNT_TEST_RUNS says how many times as many random cases and faults as
// in `npm test`; 50 make more than 10,000 faults. Arguments go to vitest and replace the choice of files.
import { runVitest } from "./lib/run-vitest.mjs";

const files = ["tests/faults", "tests/bad-input", "property"];
const given = process.argv.slice(2);

process.env.HEADCOUNT_TEST_RUNS ??= "50";
process.exitCode = await runVitest([
  "--project",
  "pg",
  "--project",
  "flow",
  ...(given.length > 0 ? given : files),
]);
