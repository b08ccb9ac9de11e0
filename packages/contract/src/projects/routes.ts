import { z } from "zod";
import { DaemonId, ProjectId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import { LocalDirectory } from "./directory.ts";
import { NewProject, Project, ProjectChanges } from "./schemas.ts";

const projectPath = { ...workspacePath, projectId: ProjectId };
const directoryPath = { ...projectPath, daemonId: DaemonId };

export const projects = {
  list: route({
    name: "projects.list",
    method: "GET",
    path: "/api/w/:workspace/projects",
    summary: "Projects of the workspace",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(Project) }),
  }),
  create: route({
    name: "projects.create",
    method: "POST",
    path: "/api/w/:workspace/projects",
    summary: "Create a project",
    access: "member_human",
    input: z.object({ ...workspacePath, ...NewProject.shape }),
    output: Project,
  }),
  get: route({
    name: "projects.get",
    method: "GET",
    path: "/api/w/:workspace/projects/:projectId",
    summary: "One project",
    access: "member",
    input: z.object(projectPath),
    output: Project,
  }),
  update: route({
    name: "projects.update",
    method: "PATCH",
    path: "/api/w/:workspace/projects/:projectId",
    summary: "Change a project",
    access: "member",
    input: z.object({ ...projectPath, ...ProjectChanges.shape }),
    output: Project,
  }),
  delete: route({
    name: "projects.delete",
    method: "DELETE",
    path: "/api/w/:workspace/projects/:projectId",
    summary: "Delete a project; its issues stay without a project",
    access: "admin",
    input: z.object(projectPath),
    output: z.object({}),
  }),
  setDirectory: route({
    name: "projects.set-directory",
    method: "PUT",
    path: "/api/w/:workspace/projects/:projectId/directories/:daemonId",
    summary: "Say in which folder of your machine the project's tasks run there",
    access: "member_human",
    input: z.object({ ...directoryPath, ...LocalDirectory.shape }),
    output: Project,
    reasons: ["directory.refused", "directory.unsupported"],
  }),
  removeDirectory: route({
    name: "projects.remove-directory",
    method: "DELETE",
    path: "/api/w/:workspace/projects/:projectId/directories/:daemonId",
    summary: "Let the project's tasks on this machine run in folders of Headcount again",
    access: "member_human",
    input: z.object(directoryPath),
    output: Project,
  }),
};
