import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import type { LineFault } from "./support/faulty-line.ts";
import { type FaultWorld, startFaultWorld } from "./support/fault-world.ts";
import {
  deliverAll,
  type MachineOutbox,
  openMachineOutbox,
} from "./support/open-machine-outbox.ts";
import { type Random, seeded } from "@headcount/testkit/seeded";

const cuts = testRuns(48);
const halfOpen = testRuns(5);
/** Long enough for an answer on a busy machine; a half-open line costs this much each time. */
const answerWithinMs = 400;

describe("a line between machine and server that breaks", () => {
  it.each([
    { fault: "cut", count: cuts, says: "is cut in the middle of a request or its answer" },
    { fault: "swallow", count: halfOpen, says: "is half open: it takes bytes and gives none" },
  ] as const)(
    "books what was served when it $says",
    { timeout: testRunsTimeoutMs(60_000) },
    async ({ fault, count }) => {
      const random = seeded(21);
      await using world = await startFaultWorld();
      await using directory = await temporaryDirectory();
      await using outbox = await openMachineOutbox({
        serverUrl: world.serverUrl,
        token: world.machine.token,
        directory: path.join(directory.path, "outbox"),
        answerWithinMs,
      });
      const runs = [await world.startRun(random), await world.startRun(random)];
      let injected = 0;
      while (injected < count) {
        for (const run of runs) {
          const records = Array.from({ length: 1 + random.below(5) }, () => run.served.next());
          await outbox.put(run, records);
        }
        if (await deliverThroughFault(world, outbox, { random, fault })) injected += 1;
      }
      await world.expectExact(runs);
      expect(injected).toBe(count);
    },
  );
});

/** Breaks the line once while the outbox is delivered. @returns whether it did break */
async function deliverThroughFault(
  world: FaultWorld,
  outbox: MachineOutbox,
  { random, fault }: { readonly random: Random; readonly fault: LineFault },
): Promise<boolean> {
  const direction = random.pick(["up", "down"] as const);
  // A request has some thousand bytes, an answer some hundred.
  const after = random.below(direction === "up" ? 4_000 : 600);
  world.machineLine.arm({ fault, direction, after, loses: "answer" });
  await outbox.deliver();
  const hasBroken = world.machineLine.calm();
  await deliverAll(outbox);
  return hasBroken;
}
