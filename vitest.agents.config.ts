import { defineConfig } from "vitest/config";

/** Real agent programs; installing one and a whole run take their time. */
export default defineConfig({
  test: {
    name: "agents",
    include: ["tests/agents/**/*.agents.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
});
