import { runtimes } from "@headcount/contract/runtimes/routes";
import { command } from "../platform/command.ts";
import { assertMayChange } from "./assert-may-change.ts";
import { getRuntime } from "./read-runtimes.ts";
import { updateRuntimeSettings } from "./store.ts";

export const updateRuntime = command(runtimes.update, async (ctx, input) => {
  await ctx.sql`
    select 1 from runtimes where workspace_id = ${ctx.workspaceId} and id = ${input.runtimeId} for update`;
  const before = await getRuntime(ctx, input.runtimeId);
  const sharing = input.sharing ?? before.sharing;
  const customName = input.customName === undefined ? before.customName : input.customName;
  const isRenamed = customName !== before.customName;
  const isReshared = sharing !== before.sharing;
  if (isRenamed) assertMayChange(ctx, before, "runtime.change");
  if (isReshared) assertMayChange(ctx, before, "runtime.share");
  if (!isRenamed && !isReshared) return before;
  await updateRuntimeSettings(ctx, before.id, { customName, sharing });
  const changed = [...(isRenamed ? ["customName"] : []), ...(isReshared ? ["sharing"] : [])];
  ctx.emit({
    type: "runtime.updated",
    entity: { kind: "runtime", id: before.id },
    changed,
    data: {},
    // Who loses sight of it has to hear of that as well.
    audience: isReshared ? { kind: "workspace" } : { kind: "runtime", id: before.id },
  });
  if (isReshared) {
    await ctx.audit({
      action: "runtime.sharing_changed",
      target: before.id,
      details: { before: before.sharing, after: sharing },
    });
    const { signal } = ctx.services;
    const { daemonId } = before;
    ctx.afterCommit(() => signal({ topic: "daemon", daemonId, hint: "work" }));
  }
  return getRuntime(ctx, before.id);
});
