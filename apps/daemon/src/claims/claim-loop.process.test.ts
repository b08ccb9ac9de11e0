import { makeClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { newId, type RuntimeId } from "@headcount/contract/kit/ids";
import { waitFor } from "@headcount/testkit/wait-for";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ScriptedHeadcount } from "../testing/scripted-headcount.fixture.ts";
import { WakeSignal } from "../wake-signal.ts";
import { ClaimLoop } from "./claim-loop.ts";
import { SlotPool } from "./slot-pool.ts";

type Rig = {
  readonly slots: SlotPool;
  readonly running: Map<string, number>;
  readonly loop: ClaimLoop;
  readonly runtimeId: RuntimeId;
  end(taskId: string): void;
};

/** A claim loop whose tasks run until they are ended by hand. */
function makeRig(server: ScriptedHeadcount, total: number, changes: Partial<RigChanges> = {}): Rig {
  const wake = new WakeSignal();
  const slots = new SlotPool(total, () => wake.ring());
  const running = new Map<string, number>();
  const runtimeId = newId<RuntimeId>();
  const loop = new ClaimLoop({
    client: makeClient({ baseUrl: server.baseUrl, token: "hcd_test", clientName: "daemon" }),
    slots,
    wake,
    pollIntervalMs: 5,
    log: () => {},
    runtimeIds: () => [runtimeId],
    machineProblem: () => null,
    endingsShown: () => Promise.resolve(),
    dispatch(task: ClaimedTask, slot) {
      if (running.has(task.taskId)) return false;
      running.set(task.taskId, slot);
      return true;
    },
    ...changes,
  });
  return {
    slots,
    running,
    loop,
    runtimeId,
    end(taskId) {
      const slot = running.get(taskId);
      running.delete(taskId);
      if (slot !== undefined) slots.release([slot]);
    },
  };
}
type RigChanges = ConstructorParameters<typeof ClaimLoop>[0];

test("INV-6 INV-16 claims never exceed the free slots, and no slot leaks", async () => {
  await using server = await ScriptedHeadcount.start();
  const plan = fc.array(fc.record({ arrive: fc.nat(4), end: fc.nat(3), fault: fc.nat(5) }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), plan, async (total, steps) => {
      const rig = makeRig(server, total);
      const stop = new AbortController();
      server.queue = [];
      let isOverclaimed = false;
      let faults = 0;
      server.intercept = (path, request) => {
        if (path !== "claim") return null;
        // Slots are taken before the request leaves, so what is free plus what runs plus what is
        // asked for is never more than there is.
        const { max, runtimeIds } = daemon.claim.input.parse(request.body);
        // The last request of an earlier case may arrive after that case has stopped listening.
        if (runtimeIds[0] !== rig.runtimeId) return { status: 422, body: { code: "invalid" } };
        if (rig.running.size + max > total) isOverclaimed = true;
        return faults-- > 0 ? { status: 422, body: { code: "invalid" } } : null;
      };
      const looping = rig.loop.run(stop.signal);
      let expected = 0;
      for (const { arrive, end, fault } of steps) {
        faults = fault === 0 ? 1 : 0;
        for (let count = 0; count < arrive; count += 1) server.queue.push(server.task("finish"));
        const wanted = Math.min(total, rig.running.size + server.queue.length);
        await waitFor(() => rig.running.size >= wanted, {
          timeoutMs: 40_000,
          describe: "the claims",
        });
        for (const taskId of [...rig.running.keys()].slice(0, end)) rig.end(taskId);
        expected += arrive;
      }
      for (let ended = 0; ended < expected;) {
        for (const taskId of rig.running.keys()) rig.end(taskId);
        if (rig.running.size === 0 && server.queue.length === 0) break;
        await waitFor(() => rig.running.size > 0 || server.queue.length === 0, {
          timeoutMs: 40_000,
          describe: "the rest",
        });
        ended += 1;
      }
      stop.abort();
      await looping;
      for (const taskId of rig.running.keys()) rig.end(taskId);
      expect(isOverclaimed).toBe(false);
      expect(rig.slots.free).toBe(total);
    }),
    { numRuns: 12 },
  );
});

test("INV-4 after an unknown outcome the same claim is repeated until it is answered", async () => {
  await using server = await ScriptedHeadcount.start();
  const rig = makeRig(server, 2);
  const stop = new AbortController();
  let lost = 2;
  const ids: string[] = [];
  server.queue = [server.task("finish"), server.task("finish")];
  server.intercept = (path, request) => {
    if (path !== "claim") return null;
    ids.push(daemon.claim.input.parse(request.body).claimId);
    return lost-- > 0 ? { status: 502, body: "<html>" } : null;
  };
  const looping = rig.loop.run(stop.signal);
  await waitFor(() => rig.running.size === 2, { timeoutMs: 40_000, describe: "both tasks" });
  expect(new Set(ids.slice(0, 3)).size).toBe(1);
  expect(rig.slots.free).toBe(0);
  stop.abort();
  await looping;
});

test("INV-8 one request asks for the runtimes of all workspaces, until nothing is left", async () => {
  await using server = await ScriptedHeadcount.start();
  const runtimeIds = Array.from({ length: 20 }, () => newId<RuntimeId>());
  const asked: (readonly string[])[] = [];
  server.intercept = (path, request) => {
    if (path === "claim") asked.push(daemon.claim.input.parse(request.body).runtimeIds);
    return null;
  };
  const rig = makeRig(server, 10, { runtimeIds: () => runtimeIds, pollIntervalMs: 600_000 });
  server.queue = runtimeIds.slice(0, 4).map((runtimeId) => server.task("finish", { runtimeId }));
  const stop = new AbortController();
  const looping = rig.loop.run(stop.signal);
  await waitFor(() => rig.running.size === 4 && rig.slots.free === 6, {
    timeoutMs: 40_000,
    describe: "the four tasks",
  });
  // The cycle that brought them is the only one; its unused slots are free again.
  expect(asked).toEqual([runtimeIds]);
  stop.abort();
  await looping;
});

test("INV-5 the largest legal answer to a claim is taken whole", async () => {
  await using server = await ScriptedHeadcount.start();
  // With what else a task carries, 32 of them come close to 64 MiB.
  const mebibyte = "Ä".repeat(2 ** 19 - 1_000);
  const payload = { turnPrompt: mebibyte, brief: mebibyte.slice(0, -20) };
  server.queue = Array.from({ length: 32 }, () => server.task("finish", payload));
  const answer = Buffer.byteLength(JSON.stringify({ tasks: server.queue }));
  expect(answer).toBeGreaterThan(62 * 2 ** 20);
  expect(answer).toBeLessThanOrEqual(64 * 2 ** 20);
  const rig = makeRig(server, 32, {
    dispatch(task: ClaimedTask, slot) {
      const isWhole = task.turnPrompt === mebibyte && task.brief === payload.brief;
      if (isWhole) rig.running.set(task.taskId, slot);
      return isWhole;
    },
  });
  const stop = new AbortController();
  const looping = rig.loop.run(stop.signal);
  await waitFor(() => rig.running.size === 32, { timeoutMs: 50_000, describe: "all 32 tasks" });
  expect(server.claimRequests[0]).toMatchObject({ max: 32 });
  stop.abort();
  await looping;
});

test("INV-103 nothing is claimed before results of earlier runs have been shown", async () => {
  await using server = await ScriptedHeadcount.start();
  let show = (): void => {};
  const shown = new Promise<void>((resolve) => (show = resolve));
  let asked = false;
  const endingsShown = (): Promise<void> => {
    asked = true;
    return shown;
  };
  const rig = makeRig(server, 1, { endingsShown });
  const stop = new AbortController();
  server.queue = [server.task("finish")];
  const looping = rig.loop.run(stop.signal);
  await waitFor(() => asked, { timeoutMs: 40_000, describe: "the question" });
  expect(server.claimRequests).toEqual([]);
  show();
  await waitFor(() => rig.running.size === 1, { timeoutMs: 40_000, describe: "the claim" });
  stop.abort();
  await looping;
});

test("a machine with a problem claims nothing", async () => {
  await using server = await ScriptedHeadcount.start();
  let problem: string | null = "disk_full";
  let looked = 0;
  const machineProblem = (): string | null => {
    looked += 1;
    return problem;
  };
  const rig = makeRig(server, 1, { machineProblem });
  const stop = new AbortController();
  server.queue = [server.task("finish")];
  const looping = rig.loop.run(stop.signal);
  await waitFor(() => looked >= 3, { timeoutMs: 40_000, describe: "three looks" });
  expect(server.claimRequests).toEqual([]);
  problem = null;
  await waitFor(() => rig.running.size === 1, { timeoutMs: 40_000, describe: "the claim" });
  stop.abort();
  await looping;
});
