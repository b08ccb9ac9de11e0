import { newId, type WorkspaceId } from "@headcount/contract/kit/ids";
import { describe, expect, it } from "vitest";
import type { GroupedWork } from "./context.ts";
import { createGroupCommit } from "./group-commit.ts";
import type { TransactionRunner } from "./transactions.ts";

/** Runs handlers one after the other turn of the event loop, as transactions do; nothing is stored. */
const runner: Pick<TransactionRunner, "inWorkspace"> = {
  inWorkspace: async ({ run }) => {
    await new Promise((resolve) => setImmediate(resolve));
    return { value: await run({} as never), cursor: null };
  },
};

function recorded(mostItems = 100): { groups: number[][]; work: GroupedWork<number, number> } {
  const groups: number[][] = [];
  return {
    groups,
    work: {
      name: "double",
      mostItems,
      run: async (_, items) => {
        groups.push([...items]);
        if (items.includes(13)) throw new Error("unlucky");
        return items.map((item) => item * 2);
      },
    },
  };
}

describe("group commit", () => {
  const workspaceId = newId<WorkspaceId>();

  it("takes together what arrives while a transaction runs, and answers each its own", async () => {
    const together = createGroupCommit(runner);
    const { groups, work } = recorded();
    const answers = await Promise.all([
      together(work, workspaceId, [1]),
      together(work, workspaceId, [2, 3]),
      together(work, workspaceId, [4]),
    ]);
    expect(answers).toEqual([[2], [4, 6], [8]]);
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });

  it("runs as many transactions of a workspace at once as the work allows, and no more", async () => {
    const together = createGroupCommit(runner);
    const { groups, work } = recorded();
    const two = { ...work, atOnce: 2 };
    const answers = await Promise.all(
      [[1], [2], [3], [4]].map((items) => together(two, workspaceId, items)),
    );
    expect(answers).toEqual([[2], [4], [6], [8]]);
    expect(groups).toEqual([[1], [2], [3, 4]]);
  });

  it("starts another transaction only when enough is waiting for it", async () => {
    const together = createGroupCommit(runner);
    const { groups, work } = recorded();
    const two = { ...work, atOnce: 2, enoughForAnother: 3 };
    await Promise.all([[1], [2], [3], [4], [5]].map((items) => together(two, workspaceId, items)));
    expect(groups).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("fails only the one that brought what fails", async () => {
    const together = createGroupCommit(runner);
    const { work } = recorded();
    const answers = await Promise.allSettled(
      [[1], [2], [13], [4]].map((items) => together(work, workspaceId, items)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(await together(work, workspaceId, [5])).toEqual([10]);
  });

  it("keeps groups below the limit, and workspaces apart", async () => {
    const together = createGroupCommit(runner);
    const { groups, work } = recorded(3);
    await Promise.all([
      together(work, workspaceId, [1, 1, 1, 1]),
      together(work, workspaceId, [2, 2]),
      together(work, workspaceId, [3, 3]),
      together(work, newId<WorkspaceId>(), [4]),
    ]);
    expect(groups.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
      [1, 1, 1, 1],
      [2, 2],
      [3, 3],
      [4],
    ]);
  });
});
