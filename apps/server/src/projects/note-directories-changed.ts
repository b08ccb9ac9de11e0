import type { ProjectId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { touchProject } from "./store.ts";

/** A project's directories on people's machines are not what they were: new revision, one change. */
export async function noteDirectoriesChanged(ctx: WorkspaceContext, id: ProjectId): Promise<void> {
  const revision = await touchProject(ctx, id);
  ctx.emit({
    type: "project.updated",
    entity: { kind: "project", id, revision },
    changed: ["directories"],
    data: {},
  });
}
