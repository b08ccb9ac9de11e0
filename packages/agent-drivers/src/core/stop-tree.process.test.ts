import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { waitFor } from "@headcount/testkit/wait-for";
import { afterEach, describe, expect, it } from "vitest";
import {
  descendantsOf,
  findProcess,
  identifyProcess,
  listProcesses,
  markedProcesses,
  markerVariable,
  type ProcessIdentity,
} from "./process-tree.ts";
import { stopTree, stopTreeByMarker } from "./stop-tree.ts";

const markers: string[] = [];

afterEach(async () => {
  for (const marker of markers.splice(0))
    await stopTree({ leader: null, marker }, { termGraceMs: 0 });
});

/** Starts a shell as the leader of a run and waits until `count` processes belong to it. */
async function startTree(
  script: string,
  count: number,
): Promise<{ leader: ProcessIdentity; marker: string }> {
  const marker = randomUUID();
  markers.push(marker);
  const child = spawn("/bin/bash", ["-c", script], {
    detached: true,
    stdio: "ignore",
    env: { PATH: process.env["PATH"] ?? "", [markerVariable]: marker },
  });
  const leader = child.pid === undefined ? null : identifyProcess(child.pid);
  if (leader === null) throw new Error("bash did not start");
  await waitFor(() => marked(marker).length >= count, { describe: `${count} processes` });
  return { leader, marker };
}

function marked(marker: string): readonly ProcessIdentity[] {
  return markedProcesses(marker, listProcesses());
}

const ignoresTerm = "trap '' TERM; while :; do read -t 60 <> <(:) || :; done";

describe.skipIf(process.platform !== "linux")("INV-55 ending the tree of a run", () => {
  it.each([
    ["a tool in a session of its own", "setsid tail -f /dev/null & wait", 2],
    ["a tool that ignores TERM", `setsid bash -c "${ignoresTerm}" & wait`, 2],
    ["a leader that ignores TERM", ignoresTerm, 1],
    [
      "a chain of sessions",
      "setsid bash -c 'setsid tail -f /dev/null & tail -f /dev/null' & wait",
      4,
    ],
  ])("INV-55 ends %s", async (_name, script, count) => {
    const target = await startTree(script, count);
    expect(await stopTree(target, { termGraceMs: 200 })).toEqual([]);
    expect(marked(target.marker)).toEqual([]);
  });

  it("INV-55 ends what a launcher left behind when it died first", async () => {
    const target = await startTree("setsid tail -f /dev/null & exit 0", 1);
    await waitFor(() => findProcess(target.leader.pid) === null, { describe: "the leader's end" });
    expect(marked(target.marker)).toHaveLength(1);
    expect(await stopTree(target, { termGraceMs: 200 })).toEqual([]);
    expect(marked(target.marker)).toEqual([]);
  });

  it("INV-55 finds orphans by their marker alone", async () => {
    const target = await startTree(
      "setsid tail -f /dev/null & setsid tail -f /dev/null & exit 0",
      2,
    );
    expect(await stopTreeByMarker(target.marker)).toEqual([]);
    expect(marked(target.marker)).toEqual([]);
  });

  it("never ends the process that asks, nor another run", async () => {
    const other = await startTree("tail -f /dev/null & wait", 2);
    const own = findProcess(process.pid);
    if (own === null) throw new Error("no own process");
    const children = descendantsOf(process.pid, listProcesses());
    expect(children.some((entry) => entry.pid === other.leader.pid)).toBe(true);
    const mine = await startTree("tail -f /dev/null & wait", 2);
    await stopTree(mine, { termGraceMs: 200 });
    expect(marked(mine.marker)).toEqual([]);
    expect(marked(other.marker).length).toBeGreaterThanOrEqual(2);
  });

  it("leaves processes alone that got the numbers of remembered ones later", async () => {
    const target = await startTree("tail -f /dev/null & wait", 2);
    const remembered = marked(target.marker).flatMap(({ pid }) => {
      const entry = findProcess(pid);
      return entry === null ? [] : [{ ...entry, startTime: `${entry.startTime}0` }];
    });
    expect(remembered).toHaveLength(2);
    await stopTree({ leader: null, marker: null }, { remembered, termGraceMs: 50 });
    expect(marked(target.marker)).toHaveLength(2);
  });

  it("leaves a later process with the same number alone", async () => {
    const target = await startTree("tail -f /dev/null & wait", 2);
    const stale = { pid: target.leader.pid, startTime: "0" };
    await stopTree({ leader: stale, marker: null }, { termGraceMs: 50 });
    expect(findProcess(target.leader.pid)).not.toBeNull();
  });
});
