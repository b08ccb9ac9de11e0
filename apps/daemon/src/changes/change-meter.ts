import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import { z } from "zod";
import { NamedMutex } from "../runs/mutex.ts";
import { countChanges } from "./count-changes.ts";
import { withForeignWork } from "./foreign-work.ts";
import {
  type MeasuringGit,
  MeasuredFolder,
  measuringGit,
  openMeasuredFolder,
  snapshot,
} from "./measured-folder.ts";

/** A folder and how all of its files were when its run found it. */
export const ChangeBase = z.object({
  folder: MeasuredFolder,
  tree: z.string(),
  /** Commit that was checked out; null without one. */
  head: z.string().nullable(),
});
export type ChangeBase = z.infer<typeof ChangeBase>;

/**
 * Measures what a run changes in its folders, from how it finds them to now: commits of the run,
 * uncommitted and untracked files alike. What an earlier run left behind is not counted again, nor
 * is what others have done meanwhile.
 * Measuring can be repeated at any time and touches neither the folders nor their repositories.
 */
export class ChangeMeter {
  readonly #store: string;
  readonly #bases: ChangeBase[];
  /** A folder has one private index, so what uses it happens one after the other. */
  readonly #mutex = new NamedMutex();

  /** @param bases what an earlier meter with this store has noted */
  constructor(store: string, bases: readonly ChangeBase[] = []) {
    this.#store = store;
    this.#bases = [...bases];
  }

  get bases(): readonly ChangeBase[] {
    return this.#bases;
  }

  /**
   * Counts what happens in a folder from now on; a folder that is counted already stays as it is.
   *
   * @throws GitError
   */
  include(directory: string, signal: AbortSignal): Promise<void> {
    return this.#mutex.run(this.#store, () => this.#include(directory, signal));
  }

  /** @throws GitError when a folder or its repository is gone */
  measure(signal: AbortSignal): Promise<LineChanges> {
    return this.#mutex.run(this.#store, () => this.#measure(signal));
  }

  async #include(directory: string, signal: AbortSignal): Promise<void> {
    if (this.#bases.some(({ folder }) => folder.directory === directory)) return;
    const name = createHash("sha256").update(directory).digest("hex").slice(0, 12);
    const folder = await openMeasuredFolder(directory, path.join(this.#store, name));
    const run = await measuringGit(folder, signal);
    const head = folder.ownRepository === null ? await currentCommit(run) : null;
    this.#bases.push({ folder, tree: await snapshot(run), head });
  }

  async #measure(signal: AbortSignal): Promise<LineChanges> {
    const total = { linesAdded: 0, linesDeleted: 0, filesChanged: 0 };
    for (const { folder, tree, head } of this.#bases) {
      const run = await measuringGit(folder, signal);
      const isMoved = head !== null && head !== (await currentCommit(run));
      const base = isMoved ? await withForeignWork(run, { tree, head }) : tree;
      const now = await snapshot(run);
      if (now === base) continue;
      const changes = await countChanges(run, base, now);
      total.linesAdded += changes.linesAdded;
      total.linesDeleted += changes.linesDeleted;
      total.filesChanged += changes.filesChanged;
    }
    return total;
  }

  /** Forgets how everything was. */
  async close(): Promise<void> {
    this.#bases.length = 0;
    await rm(this.#store, { recursive: true, force: true });
  }
}

function currentCommit(run: MeasuringGit): Promise<string | null> {
  return run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).catch(() => null);
}
