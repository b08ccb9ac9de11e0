import { z } from "zod";
import { TankEntryId, UserId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { line, pageInput, pageOf, workspacePath } from "../kit/values.ts";
import { budgetActions } from "../budgets/words.ts";
import { CorrectionAmount, Tank, TankEntry, TopUpAmount } from "./schemas.ts";

/** The workspace's tank, or that of one person. */
const whose = { member: UserId.nullable().default(null) };
const note = z.union([z.literal(""), line(500)]).default("");

export const tank = {
  balance: route({
    name: "tank.balance",
    method: "GET",
    path: "/api/w/:workspace/balance",
    summary: "What is left of prepaid money, how fast it burns and when it is empty",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({
      /** Null before its first top-up. */
      workspace: Tank.nullable(),
      /** The caller's own; for agents that of the person behind the run. */
      personal: Tank.nullable(),
      /** Everybody's, for admins; empty for others. */
      members: z.array(Tank),
    }),
  }),
  topUp: route({
    name: "tank.top-up",
    method: "POST",
    path: "/api/w/:workspace/tank/top-ups",
    summary: "Pay in; what waited for it goes on at once",
    access: "admin",
    input: z.object({
      ...workspacePath,
      ...whose,
      amount: TopUpAmount,
      note,
      /** Chosen by the caller; paying in again with the same key changes nothing. */
      key: z.string().min(1).max(200),
    }),
    output: z.object({ entry: TankEntry, tank: Tank }),
    reasons: ["tank.key_reused", "tank.member_unknown", "tank.too_much"],
  }),
  correct: route({
    name: "tank.correct",
    method: "POST",
    path: "/api/w/:workspace/tank/corrections",
    summary: "Put right what was paid in by mistake, with an entry that says so",
    access: "admin",
    input: z.object({
      ...workspacePath,
      corrects: TankEntryId,
      amount: CorrectionAmount,
      note: line(500),
      key: z.string().min(1).max(200),
    }),
    output: z.object({ entry: TankEntry, tank: Tank }),
    reasons: ["tank.key_reused", "tank.below_zero", "tank.too_much"],
  }),
  entries: route({
    name: "tank.entries",
    method: "GET",
    path: "/api/w/:workspace/tank/entries",
    summary: "What was paid in and corrected, newest first",
    access: "member",
    input: z.object({
      ...workspacePath,
      /** One person's; the workspace's unless stated. Others' tanks are for admins. */
      member: UserId.optional(),
      ...pageInput,
    }),
    output: pageOf(TankEntry),
  }),
  settings: route({
    name: "tank.settings",
    method: "PATCH",
    path: "/api/w/:workspace/tank",
    summary: "Say what happens while a tank is empty",
    access: "admin",
    input: z.object({ ...workspacePath, ...whose, action: z.enum(budgetActions) }),
    output: Tank,
    reasons: ["tank.not_filled"],
  }),
};
