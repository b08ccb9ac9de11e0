import { runtimes } from "@headcount/contract/runtimes/routes";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { getRuntime } from "./read-runtimes.ts";
import { requestInspection } from "./store.ts";

/** Anybody who may see a program may want to know what it offers now; asking it costs nothing. */
export const inspectRuntime = command(runtimes.inspect, async (ctx, input) => {
  await ctx.sql`
    select 1 from runtimes where workspace_id = ${ctx.workspaceId} and id = ${input.runtimeId} for update`;
  const runtime = await getRuntime(ctx, input.runtimeId);
  const { id, daemonId, inspection } = runtime;
  if (inspection.request === "pending" || inspection.request === "running") return runtime;
  if (runtime.health !== "online") {
    throw new AppError(
      "conflict",
      `${runtime.machineName} is not connected. Start its daemon and try again.`,
      { reason: "runtime.offline" },
    );
  }
  await requestInspection(ctx, id);
  emitRuntime(ctx, "runtime.updated", id);
  ctx.afterCommit(() => ctx.services.signal({ topic: "daemon", daemonId, hint: "request" }));
  return getRuntime(ctx, id);
});
