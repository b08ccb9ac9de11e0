import { describe, expect, it } from "vitest";
import { duplicateTitleKey } from "./duplicate-key.ts";

describe("duplicateTitleKey", () => {
  it.each([
    ["Fix  the\tLogin", "fix the login"],
    [" fix the login ", "fix the login"],
    ["FIX\nTHE LOGIN", "fix the login"],
    ["Cafe\u0301", "caf\u00e9"],
    ["登录 失败", "登录 失败"],
  ])("INV-31 reads %j as %j", (title, key) => {
    expect(duplicateTitleKey(title)).toBe(key);
  });

  it("keeps different titles apart", () => {
    expect(duplicateTitleKey("fix login")).not.toBe(duplicateTitleKey("fix logins"));
  });
});
