import { describe, expect, it } from "vitest";
import { choosePermission } from "./choose-permission.ts";

const option = (optionId: string, kind: string): object => ({ optionId, kind, name: optionId });

/** What agents really offered, and what may be answered. */
const offers = [
  {
    agent: "gemini",
    options: [
      option("proceed_always", "allow_always"),
      option("proceed_once", "allow_once"),
      option("cancel", "reject_once"),
    ],
    allow: "proceed_once",
    reject: "cancel",
  },
  {
    agent: "kimi",
    options: [
      option("approve_once", "allow_once"),
      option("approve_always", "allow_always"),
      option("reject", "reject_once"),
    ],
    allow: "approve_once",
    reject: "reject",
  },
  {
    agent: "a grant for the session",
    options: [option("allow_once", "allow_once"), option("allow_session", "allow_always")],
    allow: "allow_session",
    reject: null,
  },
  {
    agent: "a session id that does not allow",
    options: [option("allow_session", "reject_always"), option("yes", "allow_once")],
    allow: "yes",
    reject: null,
  },
  {
    agent: "only a permanent grant",
    options: [option("always", "allow_always")],
    allow: null,
    reject: null,
  },
  {
    agent: "kinds nobody knows",
    options: [option("maybe", "ask_later"), option("ok", "allow_once")],
    allow: "ok",
    reject: null,
  },
  { agent: "nothing", options: [], allow: null, reject: null },
  { agent: "no list at all", options: "allow", allow: null, reject: null },
];

describe("INV-57 permission requests get only offered, non-permanent answers", () => {
  it.each(offers)("$agent", ({ options, allow, reject }) => {
    expect(choosePermission(options, "allow")).toBe(allow);
    expect(choosePermission(options, "reject")).toBe(reject);
  });
});
