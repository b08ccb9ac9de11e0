import { z } from "zod";
import { InvitationId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { Instant } from "../kit/values.ts";
import { MyWorkspace, User } from "./schemas.ts";

const MyInvitation = z.object({
  id: InvitationId,
  workspaceId: z.uuid(),
  workspaceName: z.string(),
  inviterName: z.string(),
  role: z.enum(["admin", "member"]),
  expiresAt: Instant,
});

/** Apart from the other routes of people, because it is the first thing that a browser asks. */
export const bootstrap = route({
  name: "account.bootstrap",
  method: "GET",
  path: "/api/bootstrap",
  summary: "All that a client needs before its first page",
  access: "user",
  input: z.object({}),
  output: z.object({
    user: User,
    csrfToken: z.string().nullable(),
    workspaces: z.array(MyWorkspace),
    invitations: z.array(MyInvitation),
    contractVersion: z.int(),
    serverVersion: z.string(),
    serverTime: Instant,
  }),
});
