import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { type FaultWorld, type ServedRun, startFaultWorld } from "./support/fault-world.ts";
import type { SessionToReport, ToldUsage } from "./support/report-session.ts";
import {
  type ReporterEnd,
  type ReporterFault,
  runReporterProcess,
} from "./support/run-reporter-process.ts";
import { type Random, seeded } from "@headcount/testkit/seeded";

const kills = testRuns(12);
const fullDisks = testRuns(2);

describe("a daemon that loses its life or its disk", () => {
  it(
    "books what was served, whichever step of its outbox was its last",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const random = seeded(11);
      await using world = await startFaultWorld();
      await using directory = await temporaryDirectory();
      const runs: ServedRun[] = [];
      let injected = 0;
      while (injected < kills) {
        const reporter = await startReporter(world, directory.path, random);
        runs.push(reporter.run);
        // Each start gets one step further than the one before, until one gets through.
        for (let step = 1 + random.below(3); injected < kills; step += 1 + random.below(3)) {
          const when = random.pick(["before", "middle", "after"] as const);
          if ((await reporter.goOn(2, { killAt: { step, when } })) === "done") break;
          injected += 1;
        }
        expect(await reporter.goOn(1)).toBe("done");
        await world.expectExact(runs);
      }
      expect(injected).toBe(kills);
    },
  );

  it(
    "books what was served, although the disk had no room for it at first",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const random = seeded(12);
      await using world = await startFaultWorld();
      await using directory = await temporaryDirectory();
      const runs: ServedRun[] = [];
      for (let injected = 0; injected < fullDisks; injected += 1) {
        const reporter = await startReporter(world, directory.path, random);
        runs.push(reporter.run);
        const diskKiB = 1 + random.below(12);
        expect(await reporter.goOn(60, { diskKiB })).toBe("disk full");
        expect(await reporter.goOn(1)).toBe("done");
        await world.expectExact(runs);
      }
    },
  );
});

type Reporter = {
  readonly run: ServedRun;
  /**
   * Lets the agent go on for some calls and a daemon report them, with what an earlier one had not
   * put into its outbox. What an outbox has confirmed is never told again.
   */
  goOn(calls: number, fault?: ReporterFault): Promise<ReporterEnd["how"]>;
};

async function startReporter(
  world: FaultWorld,
  directory: string,
  random: Random,
): Promise<Reporter> {
  const run = await world.startRun(random);
  const { workspaceId, taskId, lease } = run.task;
  let told = 0;
  let waiting: readonly ToldUsage[] = [];
  return {
    run,
    async goOn(calls, fault) {
      const news = Array.from({ length: calls }, () => ({
        number: told++,
        body: run.served.next(),
      }));
      waiting = [...waiting, ...news];
      const session: SessionToReport = {
        outboxDirectory: path.join(directory, "outbox"),
        // Little enough for the outbox to drop transcript and write its files anew.
        outboxBytes: 12_000,
        serverUrl: world.serverUrl,
        token: world.machine.token,
        lease: { workspaceId, taskId, lease },
        usage: waiting,
      };
      const { how, kept } = await runReporterProcess(session, fault);
      waiting = waiting.filter(({ number }) => !kept.has(number));
      return how;
    },
  };
}
