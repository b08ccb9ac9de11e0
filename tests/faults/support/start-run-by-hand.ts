import { randomUUID } from "node:crypto";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { issues } from "@headcount/contract/issues/routes";
import type { DaemonId } from "@headcount/contract/kit/ids";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { type Product, workspace } from "../../support/start-product.ts";

/** A machine of the owner's that has a run, made with the daemon's API and without a daemon. */
export async function startRunByHand(
  product: Product,
): Promise<{ readonly token: string; readonly task: ClaimedTask }> {
  const identity = {
    // Machines mint their own identity; the brand is the server's.
    daemonId: randomUUID() as DaemonId,
    deviceName: "by hand",
    version: "0.1.0",
    platform: "linux",
    capabilities: [],
  };
  const { token } = await product.call(daemon.enrol, identity);
  const client = product.clientFor(token);
  const { id: workspaceId } = await product.call(workspaces.get, { workspace });
  const slots = { total: 4, free: 4 };
  const coverage = { level: "exact", reason: "" } as const;
  const { runtimes } = await client.call(daemon.register, {
    workspaceId,
    identity,
    slots,
    runtimes: [{ cli: "claude", cliTitle: "Claude", version: "1.0.0", verified: true, coverage }],
  });
  const runtimeIds = runtimes.map((runtime) => runtime.id);
  const [runtimeId] = runtimeIds;
  if (!runtimeId) throw new Error("The machine has no runtime");
  const agent = await product.call(agents.create, { workspace, name: "By hand", runtimeId });
  await product.call(issues.create, {
    workspace,
    title: "Count by hand",
    assignee: { type: "agent", id: agent.id },
  });
  const outbox = { depth: 0, oldestAgeMs: 0 };
  await client.call(daemon.heartbeat, { runtimeIds, leases: [], slots, outbox });
  const claimed = await client.call(daemon.claim, { claimId: randomUUID(), runtimeIds, max: 1 });
  const [task] = claimed.tasks;
  if (!task) throw new Error("The machine got no work");
  await client.call(daemon.start, {
    workspaceId,
    taskId: task.taskId,
    lease: task.lease,
    argv: ["claude"],
    workDirectory: "/tmp/work",
    displayDirectory: "~/work",
    branch: null,
    resumed: false,
  });
  return { token, task };
}
