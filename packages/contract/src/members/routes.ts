import { z } from "zod";
import { InvitationId, UserId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import { EmailAddress } from "../users/schemas.ts";
import { Role } from "../workspaces/schemas.ts";
import { Invitation, Member } from "./schemas.ts";

const memberPath = { ...workspacePath, memberId: UserId };

export const members = {
  list: route({
    name: "members.list",
    method: "GET",
    path: "/api/w/:workspace/members",
    summary: "People in the workspace",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(Member) }),
  }),
  update: route({
    name: "members.update",
    method: "PATCH",
    path: "/api/w/:workspace/members/:memberId",
    summary: "Change a person's role",
    access: "admin",
    input: z.object({ ...memberPath, role: Role }),
    output: Member,
    reasons: ["role_required", "member.last_owner"],
  }),
  remove: route({
    name: "members.remove",
    method: "DELETE",
    path: "/api/w/:workspace/members/:memberId",
    summary: "Remove a person; their machines and tasks here stop",
    access: "admin",
    input: z.object(memberPath),
    output: z.object({}),
    reasons: ["role_required", "member.last_owner"],
  }),
  leave: route({
    name: "members.leave",
    method: "POST",
    path: "/api/w/:workspace/leave",
    summary: "Leave the workspace",
    access: "member_human",
    input: z.object(workspacePath),
    output: z.object({}),
    reasons: ["member.last_owner"],
  }),
};

export const invitations = {
  list: route({
    name: "invitations.list",
    method: "GET",
    path: "/api/w/:workspace/invitations",
    summary: "Invitations of the workspace",
    access: "admin",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(Invitation) }),
  }),
  create: route({
    name: "invitations.create",
    method: "POST",
    path: "/api/w/:workspace/invitations",
    summary: "Invite somebody; the link is shown for copying",
    access: "admin",
    input: z.object({ ...workspacePath, email: EmailAddress, role: z.enum(["admin", "member"]) }),
    output: z.object({ invitation: Invitation, url: z.string() }),
    reasons: ["already_member", "invitation.rate_limited"],
  }),
  revoke: route({
    name: "invitations.revoke",
    method: "DELETE",
    path: "/api/w/:workspace/invitations/:invitationId",
    summary: "Revoke a pending invitation",
    access: "admin",
    input: z.object({ ...workspacePath, invitationId: InvitationId }),
    output: z.object({}),
  }),
};
