import { makeClient, type ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import {
  type DaemonId,
  newId,
  type RuntimeId,
  type WorkspaceId,
} from "@headcount/contract/kit/ids";
import type { Product } from "../../tests/support/start-product.ts";

/** A machine that no process stands behind: the benchmark speaks for its daemon. */
export type Machine = { readonly client: ApiClient; readonly runtimeId: RuntimeId };

/** Enrols a machine with one runtime of Claude Code and lets it show life once. */
export async function enrolMachine(
  product: Product,
  workspaceId: WorkspaceId,
  wanted: { readonly index: number; readonly slots: number },
): Promise<Machine> {
  const slots = { total: wanted.slots, free: wanted.slots };
  const identity = {
    daemonId: newId<DaemonId>(),
    deviceName: `bench ${wanted.index}`,
    version: "0.1.0",
    platform: "linux-x64",
    capabilities: [],
  };
  const { token } = await product.call(daemon.enrol, identity);
  const client = makeClient({ baseUrl: product.url, token, clientName: "bench" });
  const reply = await client.call(daemon.register, {
    workspaceId,
    identity,
    slots,
    runtimes: [
      {
        cli: "claude",
        cliTitle: "Claude Code",
        version: "2.1.330",
        verified: true,
        coverage: { level: "exact", reason: "" },
      },
    ],
  });
  const runtimeId = reply.runtimes[0]?.id;
  if (!runtimeId) throw new Error("No runtime was registered");
  await client.call(daemon.heartbeat, {
    runtimeIds: [runtimeId],
    leases: [],
    slots,
    outbox: { depth: 0, oldestAgeMs: 0 },
  });
  return { client, runtimeId };
}
