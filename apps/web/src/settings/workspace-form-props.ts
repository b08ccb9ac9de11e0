import type { Workspace } from "@headcount/contract/workspaces/schemas";

/** What every form of the workspace's settings receives. */
export type WorkspaceSettingsProps = {
  readonly workspace: Workspace;
  readonly mayChange: boolean;
};
