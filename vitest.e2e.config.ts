import { defineConfig } from "vitest/config";
import { patientMs } from "./packages/testkit/src/patience.ts";

/** Journeys in a real browser; one at a time, because each starts the whole product. */
export default defineConfig({
  test: {
    name: "e2e",
    include: ["tests/e2e/**/*.e2e.test.ts"],
    testTimeout: patientMs(120_000),
    hookTimeout: patientMs(120_000),
    maxWorkers: 1,
    fileParallelism: false,
  },
});
