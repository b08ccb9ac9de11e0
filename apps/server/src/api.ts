import type { Handler } from "./platform/command.ts";
import { changeRole } from "./members/change-role.ts";
import { createInvitation, listInvitations, revokeInvitation } from "./members/invitations.ts";
import { acceptJoin, previewJoin } from "./members/join.ts";
import { listMembers } from "./members/read-members.ts";
import { leaveWorkspace, removeMember } from "./members/remove-member.ts";
import { pollChanges, readCursor } from "./realtime/poll-changes.ts";
import {
  bootstrap,
  createToken,
  listSessions,
  listTokens,
  logout,
  me,
  revokeOtherSessions,
  revokeSession,
  revokeToken,
  updateMe,
} from "./users/account.ts";
import { setup, setupState } from "./users/owner-link.ts";
import { mintSignInLink, signInWithLink } from "./users/sign-in-link.ts";
import { createWorkspace } from "./workspaces/create-workspace.ts";
import { deleteWorkspace } from "./workspaces/delete-workspace.ts";
import { getWorkspaceQuery } from "./workspaces/get-workspace.ts";
import { listWorkspaces } from "./workspaces/list-workspaces.ts";
import { updateWorkspace } from "./workspaces/update-workspace.ts";

/** Every command and query of the API, by slice. */
export const handlers: readonly Handler[] = [
  // users
  setup,
  setupState,
  signInWithLink,
  mintSignInLink,
  logout,
  me,
  updateMe,
  bootstrap,
  listSessions,
  revokeSession,
  revokeOtherSessions,
  listTokens,
  createToken,
  revokeToken,
  // workspaces
  listWorkspaces,
  createWorkspace,
  getWorkspaceQuery,
  updateWorkspace,
  deleteWorkspace,
  // members
  previewJoin,
  acceptJoin,
  listMembers,
  changeRole,
  removeMember,
  leaveWorkspace,
  listInvitations,
  createInvitation,
  revokeInvitation,
  // realtime
  pollChanges,
  readCursor,
];
