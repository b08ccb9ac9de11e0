import { z } from "zod";
import { PersonalTokenId, SessionId, UserId } from "../kit/ids.ts";
import { Instant, line, text, TimeZone } from "../kit/values.ts";

export const Language = z.enum(["en", "zh-Hans"]);
export type Language = z.infer<typeof Language>;

export const EmailAddress = z
  .email()
  .max(254)
  .overwrite((value) => value.trim().toLowerCase());

export const User = z.object({
  id: UserId,
  name: z.string(),
  email: z.string(),
  language: Language.nullable(),
  timeZone: z.string().nullable(),
  profileText: z.string(),
  isInstanceAdmin: z.boolean(),
  /** Steps of the first-run guide that were finished or skipped, by step name. */
  onboarding: z.record(z.string(), z.enum(["done", "skipped"])),
  createdAt: Instant,
});
export type User = z.infer<typeof User>;

export const UserChanges = z.object({
  name: line(100).optional(),
  language: Language.nullable().optional(),
  timeZone: TimeZone.nullable().optional(),
  profileText: text(2_000).optional(),
  onboarding: z.record(z.string().max(40), z.enum(["done", "skipped"])).optional(),
});

export const Session = z.object({
  id: SessionId,
  device: z.string(),
  current: z.boolean(),
  createdAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
});
export type Session = z.infer<typeof Session>;

export const PersonalToken = z.object({
  id: PersonalTokenId,
  name: z.string(),
  /** First characters of the token, enough to recognise it. */
  prefix: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
});
export type PersonalToken = z.infer<typeof PersonalToken>;

export const MyWorkspace = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  issuePrefix: z.string(),
  role: z.enum(["owner", "admin", "member"]),
  /** Change cursor as of this answer: a feed that starts here misses nothing that follows. */
  cursor: z.int().nonnegative(),
});
export type MyWorkspace = z.infer<typeof MyWorkspace>;
