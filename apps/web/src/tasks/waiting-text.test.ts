import { WaitingCode, type WaitingReason } from "@headcount/contract/tasks/states";
import { expect, it } from "vitest";
import { catalogue as english } from "../i18n/en/catalogue.ts";
import { formatOf } from "../i18n/format.ts";
import { catalogue as chinese } from "../i18n/zh-Hans/catalogue.ts";
import { waitingAction } from "./waiting-action.ts";
import { waitingText } from "./waiting-text.ts";

const reason = (over: Partial<WaitingReason>): WaitingReason => ({
  code: "ready",
  since: "2026-11-21T10:00:00.000Z",
  detail: "The server's own words.",
  action: null,
  facts: {},
  ...over,
});
const quota = (account: string | null): WaitingReason =>
  reason({
    code: "quota_wait",
    facts: { provider: "anthropic", account, until: "2031-05-04T12:30:00.000Z" },
  });
const inEnglish = (waiting: WaitingReason): string => waitingText(waiting, english, formatOf("en"));
const inChinese = (waiting: WaitingReason): string =>
  waitingText(waiting, chinese, formatOf("zh-Hans"));

it("names provider, account and time of an exhausted quota in both languages", () => {
  const at = new Date("2031-05-04T12:30:00.000Z");
  for (const [say, format] of [
    [inEnglish, formatOf("en")],
    [inChinese, formatOf("zh-Hans")],
  ] as const) {
    expect(say(quota(null))).toContain("anthropic");
    expect(say(quota(null))).toContain(format.dayAndMonth(at));
    expect(say(quota(null))).toContain(format.time(at));
    expect(say(quota("Ada"))).toContain("Ada");
  }
});

it("names only the time of a reset on the same day", () => {
  const until = new Date();
  const today = reason({
    code: "quota_wait",
    facts: { provider: "openai", account: null, until: until.toISOString() },
  });
  expect(inEnglish(today)).toMatch(/until \d\d:\d\d$/);
});

it("names the budget that holds a task, and its reset where it has one", () => {
  const held = (resetsAt: string | null): WaitingReason =>
    reason({ code: "held_by_budget", facts: { budget: "Design", resetsAt } });
  const at = new Date("2031-05-04T12:30:00.000Z");
  for (const [say, format] of [
    [inEnglish, formatOf("en")],
    [inChinese, formatOf("zh-Hans")],
  ] as const) {
    expect(say(held(at.toISOString()))).toContain("Design");
    expect(say(held(at.toISOString()))).toContain(format.dayAndMonth(at));
    expect(say(held(null))).toContain("Design");
    expect(say(held(null))).not.toContain("null");
  }
});

it("speaks the reader's language about every reason and about what can be done", () => {
  const until = "2031-05-04T12:30:00.000Z";
  const facts = { owner: "Eve", machine: "mac", provider: "openai", account: null, until };
  const waits = WaitingCode.options.map((code) => reason({ code, facts }));
  const said = waits.flatMap((waiting) => [
    inChinese(waiting),
    waitingAction(waiting, chinese) ?? "无",
  ]);
  expect(said.filter((words) => !/\p{Script=Han}/u.test(words))).toEqual([]);
  const offline = reason({ code: "runtime_offline", facts });
  expect(waitingAction(offline, chinese)).toContain("headcount daemon start");
  expect(waitingAction(reason({ code: "runtime_not_shared", facts }), english)).toContain("Eve");
});

it("leaves what only the server knows in the server's words", () => {
  const broken = reason({ code: "runtime_broken", action: "npm i -g @openai/codex" });
  expect(waitingAction(broken, chinese)).toBe("npm i -g @openai/codex");
  expect(waitingAction(reason({ code: "machine_full" }), english)).toBeNull();
});
