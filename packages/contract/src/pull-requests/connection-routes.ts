import { z } from "zod";
import { GitConnectionId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { line, workspacePath } from "../kit/values.ts";
import { GitConnection } from "./schemas.ts";
import { gitHosts } from "./words.ts";

const connectionPath = { ...workspacePath, connectionId: GitConnectionId };
/** The secret is shown here and never again. */
const withSecret = z.object({ connection: GitConnection, secret: z.string() });

export const gitConnections = {
  list: route({
    name: "git-connections.list",
    method: "GET",
    path: "/api/w/:workspace/git-connections",
    summary: "Git hosts that send what happens to their pull requests, and when they last did",
    access: "admin",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(GitConnection) }),
  }),
  create: route({
    name: "git-connections.create",
    method: "POST",
    path: "/api/w/:workspace/git-connections",
    summary: "Let a git host send; answers with the address to enter there and a new secret",
    access: "admin",
    input: z.object({
      ...workspacePath,
      host: z.enum(gitHosts).default("github"),
      name: line(100),
    }),
    output: withSecret,
    reasons: ["git_connection.too_many"],
  }),
  rotateSecret: route({
    name: "git-connections.rotate-secret",
    method: "POST",
    path: "/api/w/:workspace/git-connections/:connectionId/secret",
    summary: "Make another secret; what is signed with the one before is refused from now on",
    access: "admin",
    input: z.object(connectionPath),
    output: withSecret,
  }),
  delete: route({
    name: "git-connections.delete",
    method: "DELETE",
    path: "/api/w/:workspace/git-connections/:connectionId",
    summary: "Take nothing from a git host any more; what it has told stays",
    access: "admin",
    input: z.object(connectionPath),
    output: z.object({}),
  }),
};
