import { defineConfig } from "vitest/config";
import { patientMs } from "./packages/testkit/src/patience.ts";

/**
 * One project per kind of test: `unit` needs nothing, `process` starts programs, `pg` needs the embedded PostgreSQL,
 * `flow` starts the whole product. The suffix of a file says which it is.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          testTimeout: patientMs(5_000),
          include: ["{packages,apps}/*/src/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: [
            "**/*.process.test.ts",
            "**/*.pg.test.ts",
            "**/*.flow.test.ts",
            "**/node_modules/**",
          ],
        },
      },
      {
        test: {
          name: "process",
          include: ["{packages,apps}/*/src/**/*.process.test.ts", "tools/**/*.process.test.ts"],
          testTimeout: patientMs(60_000),
          hookTimeout: patientMs(60_000),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "pg",
          include: ["{packages,apps}/*/src/**/*.pg.test.ts", "tests/**/*.pg.test.ts"],
          globalSetup: ["packages/testkit/src/postgres/global-setup.ts"],
          testTimeout: patientMs(20_000),
          hookTimeout: patientMs(60_000),
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "flow",
          include: ["tests/**/*.flow.test.ts", "{packages,apps}/*/src/**/*.flow.test.ts"],
          globalSetup: ["packages/testkit/src/postgres/global-setup.ts"],
          testTimeout: patientMs(90_000),
          hookTimeout: patientMs(60_000),
          maxWorkers: 2,
        },
      },
    ],
  },
});
