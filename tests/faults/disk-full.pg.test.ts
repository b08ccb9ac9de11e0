import { execFileSync } from "node:child_process";
import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { startFaultWorld } from "./support/fault-world.ts";
import { runReporterProcess } from "./support/run-reporter-process.ts";
import { seeded } from "@headcount/testkit/seeded";

const fullDisks = testRuns(2);
const diskKiB = 256;

/** Disks can be made by the superuser of Linux only. */
const mayMount = process.platform === "linux" && process.getuid?.() === 0;

/** A small disk of its own at a folder, until it is disposed of. */
async function mountDisk(folder: string): Promise<AsyncDisposable> {
  await mkdir(folder);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskKiB}k`, "tmpfs", folder]);
  return {
    async [Symbol.asyncDispose]() {
      execFileSync("umount", [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

describe.skipIf(!mayMount)("a disk that is full", () => {
  it(
    "INV-102 books what was served: what did not fit is kept in memory until there is room again",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const random = seeded(51);
      await using world = await startFaultWorld();
      await using directory = await temporaryDirectory();
      const runs = [];
      for (let injected = 0; injected < fullDisks; injected += 1) {
        const disk = path.join(directory.path, `disk-${injected}`);
        await using _mounted = await mountDisk(disk);
        const ballast = path.join(disk, "somebody-elses");
        const { bsize, bavail } = await statfs(disk);
        // A few blocks are left: enough for some records of a run, and not for all of them.
        await writeFile(ballast, Buffer.alloc((bavail - 3 - random.below(4)) * bsize));
        const run = await world.startRun(random);
        runs.push(run);
        const { workspaceId, taskId, lease } = run.task;
        const end = await runReporterProcess(
          {
            outboxDirectory: disk,
            outboxBytes: 2 ** 30,
            serverUrl: world.serverUrl,
            token: world.machine.token,
            lease: { workspaceId, taskId, lease },
            usage: Array.from({ length: 120 }, (_, number) => ({
              number,
              body: run.served.next(),
            })),
          },
          { onDiskFull: () => rm(ballast) },
        );
        expect(end).toMatchObject({ how: "done", wasFull: true });
        await world.expectExact(runs);
      }
    },
  );
});
