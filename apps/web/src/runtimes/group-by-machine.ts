import type { Runtime } from "@headcount/contract/runtimes/schemas";

/** One computer with its programs. */
export type Machine = {
  readonly daemonId: Runtime["daemonId"];
  /** The runtime whose facts about the machine are freshest. */
  readonly freshest: Runtime;
  readonly runtimes: readonly Runtime[];
};

/** Runtimes by the machine they are on; machines and programs keep the order in which they came. */
export function groupByMachine(runtimes: readonly Runtime[]): readonly Machine[] {
  const groups = new Map<Runtime["daemonId"], Runtime[]>();
  for (const runtime of runtimes) {
    const group = groups.get(runtime.daemonId) ?? [];
    group.push(runtime);
    groups.set(runtime.daemonId, group);
  }
  return [...groups].flatMap(([daemonId, group]) => {
    const freshest = group.toSorted(
      (left, right) =>
        right.lastSeenAt.localeCompare(left.lastSeenAt) || isOnline(right) - isOnline(left),
    )[0];
    return freshest === undefined ? [] : [{ daemonId, freshest, runtimes: group }];
  });
}

/** A program that is gone is offline on a machine that is there. */
const isOnline = ({ health }: Runtime): number => (health === "online" ? 1 : 0);
