import type { WorkspaceContext } from "../platform/context.ts";
import { insertMark } from "./store.ts";

type RuntimeChange = {
  readonly type: "runtime.online" | "runtime.offline";
  readonly entity: { readonly id: string };
};

/** Reaction to a machine's CLI that goes or comes back: charts show it for good. */
export async function noteRuntime(ctx: WorkspaceContext, change: RuntimeChange): Promise<void> {
  const [runtime] = await ctx.sql<{ name: string }[]>`
    select coalesce(custom_name, machine_name || ' · ' || cli_title) as name from runtimes
    where workspace_id = ${ctx.workspaceId} and id = ${change.entity.id}`;
  if (!runtime) return;
  await insertMark(ctx, {
    id: ctx.newId(),
    at: ctx.now,
    kind: change.type === "runtime.offline" ? "daemon_lost" : "daemon_back",
    subjectId: change.entity.id,
    subject: runtime.name,
  });
}
