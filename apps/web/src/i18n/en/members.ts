import { plural } from "../plural.ts";

/** People of a workspace and invitations. */
export const members = {
  title: "Members",
  invite: "Invite",
  name: "Name",
  role: "Role",
  joined: "Joined",
  agents: "Agents",
  machines: "Machines",
  roles: { owner: "Owner", admin: "Admin", member: "Member" },
  roleWords: { owner: "owner", admin: "admin", member: "member" },
  roleHints: {
    owner: "Everything, including deleting the workspace.",
    admin: "Settings, members, everyone’s issues.",
    member: "Issues, own agents and own machines.",
  },
  changeRole: ({ name }: { name: string }) => `Role of ${name}`,
  remove: "Remove from workspace",
  removeTitle: ({ name }: { name: string }) => `Remove ${name}?`,
  removeAction: "Remove",
  stopsMachines: ({ count }: { count: number }) =>
    plural("en", count, {
      one: "# runtime of theirs goes offline here.",
      other: "# runtimes of theirs go offline here.",
    }),
  stopsAgents: ({ names }: { names: string }) => `Their agents are archived: ${names}.`,
  stopsTasks: "Tasks they started, or that run on their machines, are cancelled.",
  stopsKeeps: "What they wrote stays. Coming back later restores none of this by itself.",
  leave: "Leave workspace",
  leaveTitle: ({ workspace }: { workspace: string }) => `Leave ${workspace}?`,
  leaveStops:
    "Your runtimes here go offline, your agents are archived and your tasks are cancelled. What you wrote stays.",
  leaveAction: "Leave",
  pending: "Invitations",
  invitedBy: ({ name }: { name: string }) => `by ${name}`,
  expires: "expires",
  revoke: "Revoke",
  revokeLabel: ({ email }: { email: string }) => `Revoke the invitation of ${email}`,
  inviteTitle: "Invite somebody",
  inviteHint:
    "They get a link that creates their account and lets them in. You pass it on yourself.",
  inviteEmail: "E-mail",
  inviteEmailHint: "The account will carry this address.",
  inviteAction: "Make the link",
  inviteReadyTitle: "The invitation is ready",
  inviteReadyHint: ({ email }: { email: string }) =>
    `Send this link to ${email}. It works once, for seven days, and is shown only now.`,
  inviteAnother: "Invite another",
  alone: "You are the only one here. Invite a colleague and their machines can share the work.",
};
