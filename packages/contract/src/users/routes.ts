import { z } from "zod";
import { PersonalTokenId, SessionId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { Instant, line } from "../kit/values.ts";
import { bootstrap } from "./bootstrap-route.ts";
import { EmailAddress, PersonalToken, Session, User, UserChanges } from "./schemas.ts";

const nothing = z.object({});
const signedIn = z.object({ user: User, csrfToken: z.string() });

/** Sign-in. Replies that sign in also set the session cookie. */
export const auth = {
  setup: route({
    name: "auth.setup",
    method: "POST",
    path: "/api/auth/setup",
    summary: "Create the first owner with the one-time owner link",
    access: "public",
    input: z.object({
      secret: z.string().max(200),
      name: line(100),
      email: EmailAddress,
      timeZone: z.string().max(64).optional(),
    }),
    output: signedIn,
    reasons: ["owner_link.used", "owner_link.unknown"],
  }),
  setupState: route({
    name: "auth.setup-state",
    method: "GET",
    path: "/api/auth/setup-state",
    summary: "Whether this installation still waits for its first owner",
    access: "public",
    input: nothing,
    output: z.object({ needsOwner: z.boolean() }),
  }),
  link: route({
    name: "auth.link",
    method: "POST",
    path: "/api/auth/link",
    summary: "Sign in with a one-time sign-in link",
    access: "public",
    input: z.object({ secret: z.string().max(200) }),
    output: signedIn,
    reasons: ["sign_in_link.used", "sign_in_link.expired"],
  }),
  logout: route({
    name: "auth.logout",
    method: "POST",
    path: "/api/auth/logout",
    summary: "End this session",
    access: "user",
    input: nothing,
    output: nothing,
  }),
  mintSignInLink: route({
    name: "auth.mint-sign-in-link",
    method: "POST",
    path: "/api/auth/sign-in-link",
    summary: "Mint a one-time web sign-in link for oneself, valid 15 minutes",
    access: "user",
    input: nothing,
    output: z.object({ url: z.string(), expiresAt: Instant }),
  }),
};

/** What a join link may say before anybody is signed in. */
export const JoinPreview = z.object({
  workspaceName: z.string(),
  inviterName: z.string(),
  email: z.string(),
  role: z.enum(["admin", "member"]),
  expiresAt: Instant,
  accountExists: z.boolean(),
});

export const join = {
  preview: route({
    name: "join.preview",
    method: "GET",
    path: "/api/join/:code",
    summary: "What an invite link offers",
    access: "public",
    input: z.object({ code: z.string().max(200) }),
    output: JoinPreview,
    reasons: ["invitation.expired", "invitation.ended"],
  }),
  accept: route({
    name: "join.accept",
    method: "POST",
    path: "/api/join/:code",
    summary: "Create the invited account, or join with the signed-in one",
    access: "public",
    input: z.object({ code: z.string().max(200), name: line(100).optional() }),
    output: z.object({ user: User, csrfToken: z.string(), workspaceSlug: z.string() }),
    reasons: [
      "invitation.expired",
      "invitation.ended",
      "wrong_account",
      "already_member",
      "sign_in_required",
    ],
  }),
};

export const account = {
  me: route({
    name: "account.me",
    method: "GET",
    path: "/api/me",
    summary: "The signed-in person",
    access: "user",
    input: nothing,
    output: z.object({ user: User, csrfToken: z.string().nullable() }),
  }),
  update: route({
    name: "account.update",
    method: "PATCH",
    path: "/api/me",
    summary: "Change one's profile",
    access: "user",
    input: UserChanges,
    output: User,
  }),
  bootstrap,
  listSessions: route({
    name: "account.list-sessions",
    method: "GET",
    path: "/api/me/sessions",
    summary: "Where one is signed in",
    access: "user",
    input: nothing,
    output: z.object({ items: z.array(Session) }),
  }),
  revokeSession: route({
    name: "account.revoke-session",
    method: "DELETE",
    path: "/api/me/sessions/:sessionId",
    summary: "End one session",
    access: "user",
    input: z.object({ sessionId: SessionId }),
    output: nothing,
  }),
  revokeOtherSessions: route({
    name: "account.revoke-other-sessions",
    method: "POST",
    path: "/api/me/sessions/revoke-others",
    summary: "End every session but this one",
    access: "user",
    input: nothing,
    output: z.object({ revoked: z.int() }),
  }),
  listTokens: route({
    name: "account.list-tokens",
    method: "GET",
    path: "/api/me/tokens",
    summary: "One's personal tokens",
    access: "user",
    input: nothing,
    output: z.object({ items: z.array(PersonalToken) }),
  }),
  createToken: route({
    name: "account.create-token",
    method: "POST",
    path: "/api/me/tokens",
    summary: "Create a personal token; its value is shown once",
    access: "user",
    input: z.object({
      name: line(100),
      expiresInDays: z
        .union([z.literal(30), z.literal(90), z.literal(365)])
        .nullable()
        .default(90),
    }),
    output: z.object({ token: PersonalToken, value: z.string() }),
  }),
  revokeToken: route({
    name: "account.revoke-token",
    method: "DELETE",
    path: "/api/me/tokens/:tokenId",
    summary: "Revoke a personal token",
    access: "user",
    input: z.object({ tokenId: PersonalTokenId }),
    output: nothing,
  }),
};
