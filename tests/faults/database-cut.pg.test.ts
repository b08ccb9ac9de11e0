import { describe, expect, it } from "vitest";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { deliverUntilStored } from "./support/deliver-until-stored.ts";
import { startFaultWorld } from "./support/fault-world.ts";
import { seeded } from "@headcount/testkit/seeded";

const faults = testRuns(120);
const seed = 7;

describe("a server whose database goes away", () => {
  it(
    "books what was served, whichever message of its ingest was the last",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const random = seeded(seed);
      await using world = await startFaultWorld();
      const { machine, databaseLine } = world;
      const runs = [await world.startRun(random), await world.startRun(random)];
      let injected = 0;
      // From the first message on, one further with each fault, until the ingest has no more.
      for (let after = 0; injected < faults; after += 1) {
        const loses = random.pick(["answer", "request"] as const);
        databaseLine.arm({ fault: "cut", direction: "up", after, loses });
        await Promise.all(
          runs.map((run) => {
            const batch = Array.from({ length: 1 + random.below(8) }, () => run.served.next());
            return deliverUntilStored(machine, run, batch);
          }),
        );
        if (databaseLine.calm()) injected += 1;
        else after = -1;
        if (injected % 40 === 0) await world.expectExact(runs);
      }
      await world.expectExact(runs);
      expect(injected).toBe(faults);
    },
  );
});
