import type { DaemonId, UserId } from "@headcount/contract/kit/ids";
import { newId } from "@headcount/contract/kit/ids";
import type { ProjectDirectory } from "@headcount/contract/projects/directory";
import { expect, test } from "vitest";
import { type DirectoryDraft, directorySteps, isDirectoryValid } from "./directory-draft.ts";

const [first, second] = [newId<DaemonId>(), newId<DaemonId>()];

const stored = (daemonId: DaemonId): ProjectDirectory => ({
  daemonId,
  machineName: "laptop",
  owner: { id: newId<UserId>(), name: "Ada" },
  path: "/home/ada/app",
  mode: "worktree",
});

const draft = (
  daemonId: DaemonId | null,
  changes: Partial<DirectoryDraft> = {},
): DirectoryDraft => ({
  id: "row",
  daemonId,
  path: "/home/ada/app",
  mode: "worktree",
  of: null,
  ...changes,
});

test("only what has changed is sent, and what is gone is taken away", () => {
  expect(directorySteps([stored(first)], [draft(first)])).toEqual([]);
  expect(directorySteps([stored(first)], [draft(first, { mode: "in_place" })])).toEqual([
    { kind: "set", daemonId: first, path: "/home/ada/app", mode: "in_place" },
  ]);
  expect(directorySteps([stored(first)], [draft(second, { path: " /srv/app " })])).toEqual([
    { kind: "remove", daemonId: first },
    { kind: "set", daemonId: second, path: "/srv/app", mode: "worktree" },
  ]);
  const { machineName, owner } = stored(first);
  const foreign = draft(first, { path: "~/app", of: { machineName, owner } });
  expect(directorySteps([stored(first)], [foreign])).toEqual([]);
});

test("a path has to be absolute, somebody's own and on a machine", () => {
  expect(isDirectoryValid(draft(first))).toBe(true);
  for (const path of ["app", "~/app", "/etc", "/home/ada", "/home/ada/../../usr"]) {
    expect([path, isDirectoryValid(draft(first, { path }))]).toEqual([path, false]);
  }
  expect(isDirectoryValid(draft(null))).toBe(false);
});
