import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "@headcount/embedded-postgres/start-embedded-postgres";
import type { TestProject } from "vitest/node";

import { postgresUrlKey } from "./provided-context.ts";

type Cluster = { readonly directory: string; readonly server: EmbeddedPostgres };

const clusterKey = Symbol.for("headcount.testkit.postgres");

/**
 * Every vitest project loads its own copy of this module, all in one process; the cluster hangs on the process, so
 * that a run of several projects starts one.
 */
const shared: { [key: symbol]: { users: number; cluster: Promise<Cluster> } | undefined } =
  Object(globalThis);

/** Starts one PostgreSQL for the whole run and takes it and its files away at the end. */
export async function setup(project: TestProject): Promise<void> {
  const entry = (shared[clusterKey] ??= { users: 0, cluster: startCluster() });
  entry.users += 1;
  const { server } = await entry.cluster;
  project.provide(postgresUrlKey, server.url);
}

export async function teardown(): Promise<void> {
  const entry = shared[clusterKey];
  if (!entry) return;
  entry.users -= 1;
  if (entry.users > 0) return;
  shared[clusterKey] = undefined;
  const { directory, server } = await entry.cluster;
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

async function startCluster(): Promise<Cluster> {
  const directory = await mkdtemp(path.join(tmpdir(), "headcount-test-postgres-"));
  const server = await startEmbeddedPostgres({ dataDirectory: directory, durability: "tests" });
  return { directory, server };
}
