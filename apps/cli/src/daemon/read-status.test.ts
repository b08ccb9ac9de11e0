import path from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { runControlServer } from "@headcount/daemon/control/control-server";
import type { DaemonStatus } from "@headcount/daemon/control/control-protocol";
import { profilePaths } from "@headcount/daemon/state/profile-paths";
import { waitFor } from "@headcount/testkit/wait-for";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { FakeMachine } from "../testing/fake-io.fixture.ts";

const own = "01a1fef1-327c-73d1-b7e3-3273579b4a28";
const foreign = "02a1fef1-327c-73d1-b7e3-3273579b4a28";

function statusOf(daemonId: string): DaemonStatus {
  return {
    profile: "default",
    daemonId,
    version: "0.1.0",
    pid: process.pid,
    startedAt: "2026-01-01T00:00:00.000Z",
    deviceName: "laptop",
    serverUrl: "http://127.0.0.1:1",
    phase: "running",
    connected: true,
    socketOpen: true,
    clockOffsetMs: 0,
    machineProblem: null,
    slots: { total: 2, free: 1 },
    workspaces: [],
    clis: [{ cli: "tutorial", title: "Tutorial", version: "1", problem: null, repairHint: null }],
    tasks: [],
    outbox: { depth: 7, oldestAgeMs: 12_000 },
    rejected: [],
  };
}

/** A daemon's control socket at the default profile's place, answering as whoever it is told to be. */
async function serve(
  machine: FakeMachine,
  daemonId: string,
): Promise<AsyncDisposable & { readonly stops: readonly string[] }> {
  const root = path.join(machine.home, ".headcount");
  await mkdir(root);
  await writeFile(path.join(root, "daemon-id"), `${own}\n`);
  await writeFile(path.join(root, "daemon-token"), "hcd_x\n");
  const { socket } = profilePaths(root);
  const stops: string[] = [];
  const end = new AbortController();
  const running = runControlServer(
    {
      socketPath: socket,
      status: () => statusOf(daemonId),
      onStop: (reason) => stops.push(reason),
      diskUsage: () => Promise.resolve([]),
      onRefresh: () => {},
      checkOut: () => Promise.reject(new Error("no run")),
    },
    end.signal,
  );
  await waitFor(() => existsSync(socket), { describe: "the control socket" });
  return {
    stops,
    async [Symbol.asyncDispose]() {
      end.abort();
      await running;
    },
  };
}

test("INV-68 a daemon that is not the profile's own is neither shown nor stopped", async () => {
  await using machine = await FakeMachine.make();
  await using socket = await serve(machine, foreign);
  for (const verb of ["status", "outbox", "stop"]) {
    const result = await machine.run(["daemon", verb]);
    expect([verb, result.code, result.stdout]).toEqual([verb, 6, ""]);
    expect(result.stderr).toContain("not its own daemon");
  }
  expect(socket.stops).toEqual([]);
});

test("the profile's own daemon is shown, with what it still has to tell", async () => {
  await using machine = await FakeMachine.make();
  await using socket = await serve(machine, own);
  const status = await machine.run(["daemon", "status"]);
  expect(status).toMatchObject({ code: 0, stderr: "" });
  expect(status.stdout).toMatch(/Slots\s+1 of 2 free/);
  const outbox = await machine.run(["daemon", "outbox"]);
  expect(outbox.stdout).toBe("7 records, the oldest 12 s old; 0 refused by the server.\n");
  expect(socket.stops).toEqual([]);
});
