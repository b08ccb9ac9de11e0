import type { ApiClient } from "@headcount/client/make-client";
import type { Log } from "../log.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { DirectoryLocks } from "../runs/directory-locks.ts";
import type { NamedMutex } from "../runs/mutex.ts";
import type { RepositoryCache } from "../runs/repository-cache.ts";

export type GarbageKind =
  | "work_directory"
  | "build_artefacts"
  | "cli_sessions"
  | "repository"
  | "temporary";

/** Something that nobody needs any more. */
export type Garbage = {
  readonly kind: GarbageKind;
  readonly path: string;
  /** Why it may go, a few words for people. */
  readonly reason: string;
  /** Looks once more and removes it; false when it has come into use meanwhile. */
  remove(): Promise<boolean>;
};

export type GarbageOptions = {
  readonly workRoot: string;
  /** Base of the temporary folders of this daemon's runs. */
  readonly temporary: string;
  readonly client: ApiClient;
  readonly outbox: Outbox;
  readonly locks: DirectoryLocks;
  readonly repositories: RepositoryCache;
  readonly worktrees: NamedMutex;
  /** Names of the temporary folders of runs that go on. */
  readonly temporaryInUse: () => readonly string[];
  readonly nowMs: () => number;
  readonly log: Log;
};

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Who holds the lock of a folder that is being removed. */
export const collector = "collection of old work directories";
