import { workspaces } from "@headcount/contract/workspaces/routes";
import { query } from "../platform/command.ts";
import { getWorkspace } from "./read-workspace.ts";

export const getWorkspaceQuery = query(workspaces.get, (ctx) =>
  getWorkspace(ctx.sql, ctx.workspaceId),
);
