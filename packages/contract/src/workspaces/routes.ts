import { z } from "zod";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import { NewWorkspace, Workspace, WorkspaceChanges } from "./schemas.ts";

export const workspaces = {
  list: route({
    name: "workspaces.list",
    method: "GET",
    path: "/api/workspaces",
    summary: "Workspaces one belongs to",
    access: "user",
    input: z.object({}),
    output: z.object({ items: z.array(Workspace) }),
  }),
  create: route({
    name: "workspaces.create",
    method: "POST",
    path: "/api/workspaces",
    summary: "Create a workspace and own it",
    access: "user",
    input: NewWorkspace,
    output: Workspace,
    reasons: ["name_taken"],
  }),
  get: route({
    name: "workspaces.get",
    method: "GET",
    path: "/api/w/:workspace",
    summary: "One workspace",
    access: "member",
    input: z.object(workspacePath),
    output: Workspace,
  }),
  update: route({
    name: "workspaces.update",
    method: "PATCH",
    path: "/api/w/:workspace",
    summary: "Change a workspace",
    access: "admin",
    input: z.object({ ...workspacePath, ...WorkspaceChanges.shape }),
    output: Workspace,
  }),
  delete: route({
    name: "workspaces.delete",
    method: "DELETE",
    path: "/api/w/:workspace",
    summary: "Delete a workspace; it can be restored for 30 days",
    access: "owner",
    input: z.object({ ...workspacePath, confirmSlug: z.string() }),
    output: z.object({ restorableUntil: z.string() }),
    reasons: ["workspace.slug_mismatch"],
  }),
};
