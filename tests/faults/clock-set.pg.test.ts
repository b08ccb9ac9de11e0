import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { startFaultWorld } from "./support/fault-world.ts";
import { deliverAll, openMachineOutbox } from "./support/open-machine-outbox.ts";
import { seeded } from "@headcount/testkit/seeded";

const jumps = testRuns(12);
const hourMs = 3_600_000;

describe("a clock that is set forward or back by an hour", () => {
  it.each(["the machine", "the server"] as const)(
    "books what was served when it is the one of %s",
    { timeout: testRunsTimeoutMs(30_000) },
    async (whose) => {
      const random = seeded(31);
      await using world = await startFaultWorld();
      await using directory = await temporaryDirectory();
      let machineSkewMs = 0;
      await using outbox = await openMachineOutbox({
        serverUrl: world.serverUrl,
        token: world.machine.token,
        directory: path.join(directory.path, "outbox"),
        now: () => Date.now() + machineSkewMs,
        answerWithinMs: 10_000,
      });
      const runs = [await world.startRun(random)];
      let offset = 0;
      for (let jump = 0; jump < jumps; jump += 1) {
        for (const run of runs) await outbox.put(run, [run.served.next(), run.served.next()]);
        // Never more than an hour off, and between the use of tokens and their delivery.
        const next = random.pick([-1, 0, 1].filter((hours) => hours !== offset));
        if (whose === "the machine") machineSkewMs = next * hourMs;
        else world.test.advance((next - offset) * hourMs);
        offset = next;
        await deliverAll(outbox);
        if (jump % 4 === 0) runs.push(await world.startRun(random));
      }
      // The books are asked when everything has been: a day that has not begun is in no range.
      if (whose === "the server") world.test.advance((1 - offset) * hourMs);
      await world.expectExact(runs);
      expect(runs.length).toBeGreaterThan(1);
    },
  );
});
