/** Signing in and joining: owner link, sign-in link, invitation. */
export const session = {
  setupTitle: "Set up Headcount",
  setupHint:
    "You are the first person here, so you become its owner. No password: you sign in with links that only you can make.",
  name: "Your name",
  email: "E-mail",
  emailHint: "Identifies your account. Headcount sends nothing to it.",
  setupAction: "Create the owner",
  emailInvalid: "Enter an e-mail address, like mara@example.org.",
  nameMissing: "Enter the name your team knows you by.",
  noSecretTitle: "Open the owner link from the server",
  noSecretHint:
    "This page needs the one-time link that the server printed when it started. Copy the whole line, including what follows the # sign.",
  ownerLinkCommandHint: "Lost it? Make a new one on the machine that runs the server:",
  ownerExistsTitle: "This server already has its owner",
  ownerExistsHint:
    "Its one-time link has been used. If that was you, sign in; otherwise ask the owner for an invitation.",
  ownerLinkUnknownTitle: "This link has been replaced",
  ownerLinkUnknownHint:
    "Every start of the server prints a new owner link and ends the one before. Use the newest one.",
  loginTitle: "Sign in",
  loginHint: "Headcount has no passwords. You sign in with a link that works once, for 15 minutes.",
  loginOwnTitle: "On a computer where you use the headcount command",
  loginOwnHint: "Opens your browser, signed in:",
  loginHostTitle: "On the machine that runs the server",
  loginHostHint: "Prints a sign-in link for any account:",
  loginInvited: "New here? Ask an admin of the workspace for an invitation link.",
  needsOwnerTitle: "Nobody owns this server yet",
  needsOwnerHint: "Open the owner link that the server printed when it started.",
  toSignIn: "Sign in",
  linkTitle: "Signing you in",
  linkFailedTitle: "This sign-in link does not work",
  linkMissingHint:
    "The link is incomplete. Copy the whole of it, including what follows the # sign.",
  linkNewHint: "Make a new one:",
  joinTitle: ({ workspace }: { workspace: string }) => `Join ${workspace}`,
  joinInvitedBy: ({ inviter, role }: { inviter: string; role: string }) =>
    `${inviter} invites you to work here as ${role}.`,
  joinFor: "Invitation for",
  joinUntil: "Valid until",
  joinCreate: "Create account and join",
  joinAction: ({ workspace }: { workspace: string }) => `Join ${workspace}`,
  joinSignInTitle: "You already have an account here",
  joinSignInHint:
    "Sign in first, then open this link again. That way nobody else can join in your name.",
  joinWrongAccount: ({ email }: { email: string }) =>
    `You are signed in as ${email}, but this invitation is for another account.`,
  joinOtherAccount: ({ email }: { email: string }) =>
    `You are signed in as ${email}. Joining creates a second account and signs you in to it.`,
  joinFailedTitle: "This invitation does not work",
  joinFailedHint: "Ask the person who sent it for a new link.",
  signOut: "Sign out",
};
