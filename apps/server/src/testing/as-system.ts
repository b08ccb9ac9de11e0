import type { WorkspaceContext } from "../platform/context.ts";
import type { TestApp } from "./test-app.ts";

/** One transaction of the server itself in the shared workspace, with reactions and change log. */
export async function asSystem<T>(
  test: Pick<TestApp, "app" | "workspaceId">,
  run: (ctx: WorkspaceContext) => Promise<T>,
  mode: "read" | "write" = "write",
): Promise<T> {
  const { value } = await test.app.runner.inWorkspace({
    workspaceId: test.workspaceId,
    mode,
    request: { ipPrefix: null, userAgent: "" },
    resolveActor: async () => ({ kind: "system", job: "test" }) as const,
    run,
  });
  return value;
}
