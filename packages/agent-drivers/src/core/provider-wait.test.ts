import { describe, expect, it } from "vitest";
import { providerWaitMs } from "./provider-wait.ts";

const at = (instant: string): number => Date.parse(instant);
const now = at("2026-11-21T20:00:00Z");
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe("resets that notices name", () => {
  it.each([
    ["Claude AI usage limit reached|1795294800", hourMs],
    ["You've hit your usage limit. Try again in 3 days 4 hours.", 76 * hourMs],
  ])("%s", (text, waitMs) => {
    expect(providerWaitMs(text, now)).toBe(waitMs);
  });

  it.each([
    ["You've hit your session limit · resets 10:30pm (Europe/Berlin)", at("2026-11-21T21:30:00Z")],
    ["You've hit your limit · resets 8pm (Australia/Sydney)", at("2026-11-22T09:00:00Z")],
    ["5-hour limit reached ∙ resets 2am (UTC)", at("2026-11-22T02:00:00Z")],
    ["Weekly limit reached ∙ resets Nov 25, 10am (Asia/Seoul)", at("2026-11-25T01:00:00Z")],
    ["Weekly limit resets Nov 25 at 9:05am (UTC)", at("2026-11-25T09:05:00Z")],
    ["Your limit will reset at 5pm (Etc/GMT+5).", at("2026-11-21T22:00:00Z")],
    ["Weekly limit reached ∙ resets 12am (Asia/Kolkata)", at("2026-11-22T18:30:00Z")],
    [
      "You've hit your usage limit. Try again at Dec 1st, 2026 9:05 AM (UTC).",
      at("2026-12-01T09:05:00Z"),
    ],
  ])("%s, to the end of that minute", (text, resetsAtMs) => {
    expect(providerWaitMs(text, now)).toBe(resetsAtMs - now + minuteMs);
  });

  it("a time without a zone is on this machine's clock", () => {
    const inThreeHours = new Date(now + 3 * hourMs);
    const said = inThreeHours.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });
    expect(providerWaitMs(`or try again at ${said}.`, now)).toBe(3 * hourMs + minuteMs);
  });

  it("a day without a year is of the next one when the year ends in between", () => {
    const silvester = at("2026-12-31T20:00:00Z");
    expect(providerWaitMs("resets Jan 2, 8pm (UTC)", silvester)).toBe(2 * dayMs + minuteMs);
  });

  it("counts real hours over a change of the clocks", () => {
    // Clocks in New York go from 02:00 to 01:00 in this night.
    const before = at("2026-11-01T03:00:00Z");
    expect(providerWaitMs("resets 8am (America/New_York)", before)).toBe(10 * hourMs + minuteMs);
  });

  it.each([
    "Claude AI usage limit reached|1795200000",
    "resets Nov 20, 10am (UTC)",
    "resets 3pm (Nowhere/Land)",
    "resets 15pm (UTC)",
    "resets Nov 45, 3pm (UTC)",
    "it resets on demand",
    "The job resets at noon",
    "try again later",
  ])("%s names no time to wait for", (text) => {
    expect(providerWaitMs(text, now)).toBeNull();
  });

  it("a time that has just passed is waited for a little longer", () => {
    expect(providerWaitMs("resets 7:58pm (UTC)", now)).toBe(60_000);
    expect(providerWaitMs("", now, now / 1_000 - 120)).toBe(60_000);
  });

  it("without a clock only spans are known", () => {
    expect(providerWaitMs("Usage limit reached|1795294800", undefined)).toBeNull();
    expect(providerWaitMs("try again in 20s", undefined)).toBe(20_000);
  });
});

describe("resets that a CLI states as a figure", () => {
  const reset = now + 2 * hourMs;

  it.each([reset / 1_000, reset])(
    "%s is two hours from now, in seconds or milliseconds",
    (figure) => {
      expect(providerWaitMs("resets 11:30pm (UTC)", now, figure)).toBe(2 * hourMs);
    },
  );

  it.each([Number.NaN, now + 32 * dayMs, now - hourMs])("%s is left to the text", (figure) => {
    expect(providerWaitMs("resets 11:30pm (UTC)", now, figure)).toBe(3.5 * hourMs + minuteMs);
    expect(providerWaitMs("later", now, figure)).toBeNull();
  });
});
