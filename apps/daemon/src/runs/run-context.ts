import type { Driver } from "@headcount/agent-drivers/core/driver";
import type { ApiClient } from "@headcount/client/make-client";
import type { Log } from "../log.ts";
import type { HostedCli } from "../machine/hosted-cli.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { DaemonConfig } from "../state/daemon-config.ts";
import type { BundleCache } from "../skills/bundle-cache.ts";
import type { ProfilePaths } from "../state/profile-paths.ts";
import type { DirectoryLocks } from "./directory-locks.ts";
import type { NamedMutex } from "./mutex.ts";
import type { RepositoryCache } from "./repository-cache.ts";
import type { RunJournal } from "./run-journal.ts";

/** What every run needs of its daemon. */
export type RunContext = {
  readonly config: DaemonConfig;
  readonly paths: ProfilePaths;
  readonly client: ApiClient;
  readonly outbox: Outbox;
  readonly journal: RunJournal;
  readonly locks: DirectoryLocks;
  readonly repositories: RepositoryCache;
  readonly bundles: BundleCache;
  /** What is done in the repository of a person happens one after the other, by its folder. */
  readonly worktrees: NamedMutex;
  readonly log: Log;
  /** The CLI if it can run work here. */
  readonly findCli: (cli: string) => HostedCli | undefined;
  readonly startAgent: Driver;
  /** Asks the server once more about all leases; a cancel arrives as a stop of its run. */
  readonly checkLeases: (signal: AbortSignal) => Promise<void>;
};
