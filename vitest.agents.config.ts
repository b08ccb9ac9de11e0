import { defineConfig } from "vitest/config";
import { patientMs } from "./packages/testkit/src/patience.ts";

/** Real agent programs; installing one and a whole run take their time. */
export default defineConfig({
  test: {
    name: "agents",
    include: ["tests/agents/**/*.agents.test.ts"],
    testTimeout: patientMs(300_000),
    hookTimeout: patientMs(600_000),
    maxWorkers: 1,
    fileParallelism: false,
  },
});
